namespace VideoGaze.Pipeline.Frames;

/// <summary>One decoded picture with its place in time. Owns its pixels.</summary>
/// <param name="Stamp">Index and presentation time.</param>
/// <param name="Pixels">The picture; disposed with the frame.</param>
public sealed record VideoFrame(FrameStamp Stamp, PixelBuffer Pixels) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Pixels.Dispose();
}
