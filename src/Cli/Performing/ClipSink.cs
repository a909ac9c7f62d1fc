using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Encode;

namespace VideoGaze.Cli.Performing;

/// <summary>Writes a clip and its truth side by side: both become final, or neither.</summary>
/// <param name="video">The encoder; stays the caller's.</param>
/// <param name="truth">The truth; stays the caller's.</param>
/// <param name="onFrame">Told the number of frames written.</param>
internal sealed class ClipSink(VideoSink video, TruthFile truth, Action<long> onFrame) : IFrameSink<ClipFrame>
{
    private long frames;

    /// <inheritdoc/>
    public string Name => video.Name;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ClipFrame item, CancellationToken cancellationToken)
    {
        await truth.WriteAsync(item.Truth).ConfigureAwait(false);
        await video.WriteAsync(item.Frame, cancellationToken).ConfigureAwait(false);
        onFrame(++frames);
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (frames == 0)
        {
            // A script has at least one frame, so the user ended the run before it was rendered: there is no clip without a frame.
            await AbandonAsync().ConfigureAwait(false);
            throw new OperationCanceledException("Stopped before the first frame.");
        }

        await video.CommitAsync(cancellationToken).ConfigureAwait(false);
        truth.Commit();
    }

    /// <inheritdoc/>
    public async ValueTask AbandonAsync()
    {
        await video.AbandonAsync().ConfigureAwait(false);
        truth.Dispose();
    }
}
