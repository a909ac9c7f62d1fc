using OpenCvSharp;
using VideoGaze.Performers.Directing;
using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Truth;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Cli.Performing;

/// <summary>A frame of a clip with its line of truth. Owns its pixels.</summary>
/// <param name="Frame">The picture.</param>
/// <param name="Truth">Its line.</param>
internal sealed record ClipFrame(VideoFrame Frame, string Truth) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Frame.Dispose();
}

/// <summary>The same moment as it was played and, where that was asked for, with the swapped face. Owns both.</summary>
/// <param name="Original">As it was played.</param>
/// <param name="Swapped">The true swap.</param>
internal sealed record RenderedMoment(ClipFrame Original, ClipFrame? Swapped) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Original.Dispose();
        Swapped?.Dispose();
    }
}

/// <summary>Renders frames by number, as many at once as there are processors; each on one thread.</summary>
/// <param name="original">The clip.</param>
/// <param name="swapped">Its true swap, or null.</param>
/// <param name="video">Where frames lie in time.</param>
/// <param name="pool">Lends the pixels.</param>
internal sealed class RenderStage(ClipRenderer original, ClipRenderer? swapped, NewVideo video, PixelPool pool) : IFrameStage<int, RenderedMoment>
{
    /// <inheritdoc/>
    public string Name => "render";

    /// <inheritdoc/>
    public StageConcurrency Concurrency { get; } = StageConcurrency.Parallel(Environment.ProcessorCount);

    /// <inheritdoc/>
    public ValueTask<RenderedMoment> ProcessAsync(int item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ClipFrame first = Render(original, item);
        try
        {
            return ValueTask.FromResult(new RenderedMoment(first, swapped is null ? null : Render(swapped, item)));
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    private ClipFrame Render(ClipRenderer renderer, int index)
    {
        RenderedFrame rendered = renderer.Render(index);
        PixelImage picture = rendered.Picture;
        PixelBuffer pixels = pool.Rent(video.Spec);
        using Mat bgr = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC3, picture.Bgr);
        FramePixels.WriteBgr(pixels, NewVideo.Color, new Rect(0, 0, picture.Width, picture.Height), bgr, null);
        return new(new VideoFrame(video.Stamp(index), pixels), TruthJson.Line(rendered.Truth));
    }
}
