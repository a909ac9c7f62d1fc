namespace VideoGaze.Faces.Failures;

/// <summary>A failure the user can act on. The message is one sentence that names the file and the remedy; the command line prints it without a stack trace.</summary>
public sealed class UserFacingException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="kind">Decides the exit code.</param>
    /// <param name="message">One sentence: what is wrong with which file, and what to do.</param>
    /// <param name="innerException">What was caught, if anything.</param>
    public UserFacingException(FailureKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>Why the run ended.</summary>
    public FailureKind Kind { get; }
}
