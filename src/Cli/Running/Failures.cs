using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Cli.Running;

/// <summary>Turns whatever ended a command into a sentence and an exit code.</summary>
internal static class Failures
{
    /// <summary>errno 28 of Linux, which .NET hands on unchanged as the result code of an IOException it has no name for.</summary>
    private const int NoSpaceLeft = 28;

    /// <summary>The failure a user can act on inside an exception, or null where the exception is a defect.</summary>
    /// <param name="failure">What was thrown; several may have been thrown together.</param>
    /// <param name="interrupted">Whether the user asked to end, which makes a cancellation an ordinary ending.</param>
    public static UserFacingException? Explain(Exception failure, bool interrupted)
    {
        if (All(failure).OfType<UserFacingException>().FirstOrDefault() is { } explained)
        {
            return explained;
        }

        if (interrupted && All(failure).Any(part => part is OperationCanceledException))
        {
            return new(FailureKind.Cancelled, "given up; nothing was left behind.", failure);
        }

        return All(failure).OfType<IOException>().FirstOrDefault(part => part.HResult == NoSpaceLeft) is { } full
            ? new(FailureKind.DiskFull, $"the disk is full ({full.Message}); free some space and run again.", full)
            : null;
    }

    /// <summary>Prints a failure and gives its exit code. Only a defect shows where it happened.</summary>
    public static int Report(UserTerminal terminal, Exception failure, bool interrupted)
    {
        if (Explain(failure, interrupted) is { } explained)
        {
            terminal.Say(explained.Message);
            return (int)explained.Kind;
        }

        terminal.Say("this is a defect of videogaze; please report it with the lines below and the command you ran.");
        terminal.Error.WriteLine(failure);
        return (int)FailureKind.Internal;
    }

    private static IEnumerable<Exception> All(Exception failure)
    {
        yield return failure;
        IEnumerable<Exception> inner = failure is AggregateException several
            ? several.InnerExceptions
            : failure.InnerException is { } one ? [one] : [];
        foreach (Exception part in inner.SelectMany(All))
        {
            yield return part;
        }
    }
}
