namespace VideoGaze.Cli.Terminal;

/// <summary>The process's own standard streams as a <see cref="UserTerminal"/>.</summary>
internal static class ConsoleTerminal
{
    /// <summary>Opens standard output and standard error. NO_COLOR and TERM=dumb ask for plain lines, as does a redirected standard error.</summary>
    public static UserTerminal Open() => new(
        Console.Out,
        Console.Error,
        IsLive: !Console.IsErrorRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb",
        OpenDataStream: Console.OpenStandardOutput);
}
