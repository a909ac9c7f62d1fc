using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gate;

/// <summary>A frame that was measured, and repaired where it had to be, before it is encoded. Owns the frame.</summary>
/// <param name="Frame">The picture.</param>
/// <param name="Record">What was measured of it.</param>
public sealed record GatedFrame(VideoFrame Frame, FrameGazeRecord Record) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Frame.Dispose();
}
