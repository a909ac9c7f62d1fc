using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Overlay;

/// <summary>Draws into each frame what was measured in it. The frame goes on, changed in place.</summary>
/// <param name="timeline">Gives each frame its line.</param>
/// <param name="painter">Draws.</param>
/// <param name="boxes">Pixels of the frame for one of the report's boxes, across and down.</param>
internal sealed class OverlayStage(OverlayTimeline timeline, OverlayPainter painter, (double X, double Y) boxes) : IFrameStage<VideoFrame, VideoFrame>
{
    /// <inheritdoc/>
    public string Name => "overlay";

    /// <inheritdoc/>
    /// <remarks>In order: lines are read as frames come.</remarks>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <summary>Frames that had a line.</summary>
    public long Matched { get; private set; }

    /// <inheritdoc/>
    public ValueTask<VideoFrame> ProcessAsync(VideoFrame item, CancellationToken cancellationToken)
    {
        FrameGazeRecord? line = timeline.Next(item.Stamp);
        Matched += line is null ? 0 : 1;
        painter.Paint(item.Pixels, line, boxes);
        return ValueTask.FromResult(item);
    }
}
