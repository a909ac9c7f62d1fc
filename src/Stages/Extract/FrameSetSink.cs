using OpenCvSharp;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Extract;

/// <summary>Writes every n-th frame of one video into a frame set with what a detector sees on it. Looks at no other frame, so that a long video costs little more than decoding.</summary>
/// <param name="writer">The frame set; stays the caller's, who commits it after the last input.</param>
/// <param name="finder">The detector; stays the caller's.</param>
/// <param name="source">File name of the input.</param>
/// <param name="color">How its frames are to be read.</param>
/// <param name="every">Take every n-th frame.</param>
/// <param name="longest">Longest side of a kept picture in pixels.</param>
/// <param name="onFrame">Told the frame's index after it was seen.</param>
internal sealed class FrameSetSink(FrameSetWriter writer, FaceFinder finder, string source, ColorSpec color, int every, int longest, Action<long>? onFrame) : IFrameSink<VideoFrame>
{
    /// <inheritdoc/>
    public string Name => "write";

    /// <summary>Looks at a picture and writes it, shrunk to the size that was looked at.</summary>
    public static void Add(FrameSetWriter writer, FaceFinder finder, string source, PictureView picture, long index, int longest)
    {
        using var bgr = new Mat(FaceFinder.ContentSize(picture.Width, picture.Height, longest), MatType.CV_8UC3);
        picture.ScaleTo(bgr);
        writer.Add(bgr, source, index, finder.Find(PictureView.Of(bgr)));
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(VideoFrame item, CancellationToken cancellationToken)
    {
        if (item.Stamp.Index % every == 0)
        {
            Add(writer, finder, source, PictureView.Of(item.Pixels, color), item.Stamp.Index, longest);
        }

        onFrame?.Invoke(item.Stamp.Index);
        item.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask AbandonAsync() => ValueTask.CompletedTask;
}
