using System.Runtime.CompilerServices;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Measure;

namespace VideoGaze.Stages.Score;

/// <summary>The videos of a pair and their truth, moment by moment. The true swap keeps time; the others give the frame that is shown within half of its frame time.</summary>
/// <param name="truth">Of the target.</param>
/// <param name="swapTruth">Of the true swap; null where it is unknown.</param>
/// <param name="trueSwap">Keeps time.</param>
/// <param name="output">The video that is scored.</param>
/// <param name="target">The video before the swap; null where it is not given.</param>
internal sealed class ScoreSource(IEnumerable<TruthFrame> truth, IEnumerable<TruthFrame>? swapTruth, SightedVideo trueSwap, SightedVideo output, SightedVideo? target)
    : IFrameSource<ScoreFrameSet>
{
    // Frames that a video may be ahead of the scores.
    private const int FramesAhead = 3;

    /// <inheritdoc/>
    public string Name => "pair";

    /// <summary>Frames of the output that no frame of the true swap asked for; complete once the sequence has ended.</summary>
    public long OutputSurplus { get; private set; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ScoreFrameSet> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        double tolerance = trueSwap.FrameSeconds / 2;
        using var known = new TruthCursor(truth, tolerance);
        using TruthCursor? knownSwap = swapTruth is null ? null : new TruthCursor(swapTruth, tolerance);
        await using NearestInTime<SightedFrame> outputs = Follow(output, tolerance, cancellationToken);
        await using NearestInTime<SightedFrame>? targets = target is null ? null : Follow(target, tolerance, cancellationToken);
        await foreach (SightedFrame frame in Ahead.Of(trueSwap.ReadAsync(cancellationToken), FramesAhead, cancellationToken).ConfigureAwait(false))
        {
            SightedFrame? swapped = null;
            ScoreFrameSet set;
            try
            {
                swapped = await outputs.TakeAsync(frame.Seconds).ConfigureAwait(false);
                SightedFrame? original = targets is null ? null : await targets.TakeAsync(frame.Seconds).ConfigureAwait(false);
                set = new(known.At(frame.Seconds), knownSwap?.At(frame.Seconds), frame, swapped, original);
            }
            catch
            {
                frame.Dispose();
                swapped?.Dispose();
                throw;
            }

            yield return set;
        }

        await outputs.DrainAsync().ConfigureAwait(false);
        OutputSurplus = outputs.Surplus;
    }

    private static NearestInTime<SightedFrame> Follow(SightedVideo video, double tolerance, CancellationToken cancellationToken) => new(
        Ahead.Of(video.ReadAsync(cancellationToken), FramesAhead, cancellationToken).GetAsyncEnumerator(cancellationToken),
        frame => frame.Seconds,
        tolerance);
}
