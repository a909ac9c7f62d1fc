using System.Globalization;
using VideoGaze.Cli.Terminal;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary>A training's progress in the display's terms. Checkpoints and previews get a line of their own where a log is written.</summary>
internal sealed class TrainingWords(IProgress<RunProgress> display, UserTerminal terminal) : IProgress<TrainingProgress>
{
    /// <summary>Each loss with three digits, largest first.</summary>
    public static string Losses(IReadOnlyDictionary<string, double> losses) => string.Join(
        ", ", losses.OrderByDescending(pair => pair.Value).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:0.###}")));

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (!terminal.IsLive && value.Preview is { } preview)
        {
            terminal.Say($"step {value.Step}: preview {preview}");
        }

        display.Report(new(value.Step, value.Steps, "step", Losses(value.Losses)));
    }
}
