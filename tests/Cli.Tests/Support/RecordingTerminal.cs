using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;

namespace VideoGaze.Cli.Tests.Support;

/// <summary>Runs the command line inside the test's process and keeps what it said.</summary>
internal sealed class RecordingTerminal
{
    public UserTerminal Terminal { get; } = new(new StringWriter(), new StringWriter(), IsLive: false, OpenDataStream: () => new MemoryStream());

    public string Out => Terminal.Out.ToString()!;

    public string Error => Terminal.Error.ToString()!;

    /// <summary>Parses and runs a command line; the result is the exit code.</summary>
    public static async Task<ToolResult> RunAsync(params string[] arguments)
    {
        RecordingTerminal recording = new();
        int code = await CommandLine.RunAsync(arguments, recording.Terminal);
        return new(code, recording.Out, recording.Error);
    }
}
