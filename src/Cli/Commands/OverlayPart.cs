using System.CommandLine;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages;
using VideoGaze.Stages.Encode;

namespace VideoGaze.Cli.Commands;

/// <summary>The report drawn into the video: what <c>--overlay</c> means in every command that has a report.</summary>
internal sealed class OverlayPart(UserTerminal terminal, Interruption interruption)
{
    /// <summary>The video to write.</summary>
    public Option<string?> Overlay { get; } = new("--overlay")
    {
        Description = "Write the output once more with arrows where source and output look and the error in degrees.",
        HelpName = "VIDEO",
    };

    /// <summary>Before a long run: whether the video may be written at all.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="overwrite">Whether a video that is there may be replaced.</param>
    /// <param name="others">Files of the run that must stay what they are.</param>
    /// <exception cref="UserFacingException">It exists, or is one of the run's own files.</exception>
    public void CheckFree(ParseResult parsed, bool overwrite, params ReadOnlySpan<string?> others)
    {
        if (parsed.GetValue(Overlay) is not { } path)
        {
            return;
        }

        foreach (string? other in others)
        {
            if (other is not null && Path.GetFullPath(other) == Path.GetFullPath(path))
            {
                throw new UserFacingException(FailureKind.Usage, $"{path} is a file of the run itself: name another with --overlay.");
            }
        }

        if (File.Exists(path) && !overwrite)
        {
            throw new UserFacingException(FailureKind.OutputExists, $"The overlay {path} exists: name another file or allow --overwrite.");
        }
    }

    /// <summary>How an overlay is written where no option says so: to look at, not to work on.</summary>
    public static EncodeOptions Encode(bool overwrite) => new(Crf: 20, Preset: "veryfast", Overwrite: overwrite);

    /// <summary>Writes the video, if one was asked for.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="options">All but where it goes.</param>
    /// <returns>What was written; null where none was asked for.</returns>
    public async Task<OverlayResult?> WriteAsync(ParseResult parsed, Func<string, OverlayPipelineOptions> options)
    {
        if (parsed.GetValue(Overlay) is not { } path)
        {
            return null;
        }

        // A signal that ended the run itself early has been heard: what the run came to is shown whole.
        CancellationToken stop = interruption.Stop.IsCancellationRequested ? CancellationToken.None : interruption.Stop;
        OverlayResult result = await ProgressDisplay.ShowAsync(
            terminal,
            TimeProvider.System,
            "overlay",
            progress => OverlayPipeline.RunAsync(options(path), new Words(progress), stop, interruption.Abort)).ConfigureAwait(false);
        foreach (string note in result.Output.Notes)
        {
            terminal.Say("note: overlay: " + note.TrimEnd('.') + ".");
        }

        string extent = result.StoppedEarly ? "stopped by request, the first " : string.Empty;
        terminal.Say($"{path}: {extent}{result.Output.Frames} frames with gaze and error drawn into {result.Matched}.");
        return result;
    }

    private sealed class Words(IProgress<RunProgress> display) : IProgress<(long Done, long? All)>
    {
        public void Report((long Done, long? All) value) => display.Report(new(value.Done, value.All, "frame", string.Empty));
    }
}
