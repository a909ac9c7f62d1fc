using System.Globalization;
using VideoGaze.Cli.Terminal;
using VideoGaze.Stages;

namespace VideoGaze.Cli.Commands;

/// <summary>An extraction's progress in the display's terms.</summary>
internal sealed class ExtractWords(IProgress<RunProgress> display) : IProgress<ExtractProgress>
{
    /// <inheritdoc/>
    public void Report(ExtractProgress value) => display.Report(new(
        value.Frames, value.FramesExpected, "frame", string.Create(CultureInfo.InvariantCulture, $"{value.Faces} faces, {Path.GetFileName(value.File)}")));
}
