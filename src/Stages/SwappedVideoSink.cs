using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Encode;

namespace VideoGaze.Stages;

/// <summary>Encodes, counts, and refuses to commit a video in which no face was replaced: such a file would be a re-encoded copy that claims to be a swap.</summary>
/// <param name="video">The encoder; stays the caller's.</param>
/// <param name="input">The original, for the message.</param>
/// <param name="onFrame">Told the number of frames written.</param>
internal sealed class SwappedVideoSink(VideoSink video, string input, Action<long> onFrame) : IFrameSink<VideoFrame>
{
    private long frames;
    private long faces;

    /// <inheritdoc/>
    public string Name => video.Name;

    /// <summary>Faces replaced so far.</summary>
    public long Faces => Interlocked.Read(ref faces);

    /// <summary>Adds to <see cref="Faces"/>.</summary>
    public void CountFaces(int count) => Interlocked.Add(ref faces, count);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(VideoFrame item, CancellationToken cancellationToken)
    {
        await video.WriteAsync(item, cancellationToken).ConfigureAwait(false);
        onFrame(++frames);
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(CancellationToken cancellationToken) => Faces > 0
        ? video.CommitAsync(cancellationToken)
        : throw new UserFacingException(
            FailureKind.NoFace,
            $"No face to replace was found in the {frames} frames of {input}: check --faces and --reference, or give a video in which a face is at least 1/20 of the longer side.");

    /// <inheritdoc/>
    public ValueTask AbandonAsync() => video.AbandonAsync();
}
