using System.Runtime.CompilerServices;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages.Measure;

/// <summary>A video that is only measured: decode, detect, track and landmarks of every face, one frame after the other.</summary>
internal sealed class SightedVideo : IDisposable
{
    private readonly DetectStage detect;
    private readonly FaceMeshEstimator mesh;
    private readonly TrackStage track;
    private readonly SightStage sight;

    /// <param name="source">The video.</param>
    /// <param name="detector">Stays the caller's.</param>
    /// <param name="meshModel">Stays the caller's.</param>
    /// <param name="pool">Where pixels are rented from.</param>
    /// <param name="keepPixels">Whether frames keep their whole picture.</param>
    /// <param name="selector">Which faces are looked at; null for all.</param>
    public SightedVideo(VideoSource source, OnnxSession detector, OnnxSession meshModel, PixelPool pool, bool keepPixels = false, IFaceSelector? selector = null)
    {
        Source = source;
        detect = new DetectStage(detector, source.Media.Video.Color);
        track = new TrackStage(new FaceTracker(), selector ?? new EveryFace());
        mesh = new FaceMeshEstimator(meshModel, pool);
        sight = new SightStage(mesh, source.Media.Video, pool, keepPixels);
    }

    /// <summary>The video.</summary>
    public VideoSource Source { get; }

    /// <summary>Frames that came out so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Time between two frames in seconds; 1/25 where the file does not say.</summary>
    public double FrameSeconds => Source.Media.Video.FrameRate is { Numerator: > 0 } rate ? 1 / rate.ToDouble() : 0.04;

    /// <summary>Reads the video once. The consumer owns each frame.</summary>
    public async IAsyncEnumerable<SightedFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (VideoFrame frame in Source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            IDisposable owned = frame;
            SightedFrame sighted;
            try
            {
                var found = await detect.ProcessAsync(frame, cancellationToken).ConfigureAwait(false);
                owned = found;
                var followed = await track.ProcessAsync(found, cancellationToken).ConfigureAwait(false);
                owned = followed;
                sighted = await sight.ProcessAsync(followed, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                owned.Dispose();
                throw;
            }

            Frames++;
            yield return sighted;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        detect.Dispose();
        mesh.Dispose();
    }
}
