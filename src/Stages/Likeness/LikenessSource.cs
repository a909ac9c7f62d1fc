using System.Runtime.CompilerServices;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Measure;

namespace VideoGaze.Stages.Likeness;

/// <summary>A swapped video and the one before the swap as one sequence of likenesses. The output keeps time: what the target shows after its end is not read.</summary>
/// <param name="output">The swapped video.</param>
/// <param name="target">The video before the swap.</param>
/// <param name="comparison">Compares a moment.</param>
internal sealed class LikenessSource(SightedVideo output, SightedVideo target, LikenessComparison comparison) : IFrameSource<FrameLikeness>
{
    // Frames that a video may be ahead of the comparison.
    private const int FramesAhead = 3;

    /// <inheritdoc/>
    public string Name => "compare";

    /// <inheritdoc/>
    public async IAsyncEnumerable<FrameLikeness> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Three quarters of the longer frame time, as where gaze is compared: the nearest frame of a slower copy is at most half a frame away, and rounding of times may add to that.
        double tolerance = 0.75 * Math.Max(output.FrameSeconds, target.FrameSeconds);
        IAsyncEnumerable<SightedFrame> shown = Ahead.Of(output.ReadAsync(cancellationToken), FramesAhead, cancellationToken);
        IAsyncEnumerable<SightedFrame> before = Ahead.Of(target.ReadAsync(cancellationToken), FramesAhead, cancellationToken);
        await foreach ((SightedFrame swapped, SightedFrame? original) in TimePairing
            .PairAsync(shown, before, frame => frame.Seconds, frame => frame.Seconds, tolerance, cancellationToken).ConfigureAwait(false))
        {
            using (swapped)
            {
                yield return comparison.Compare(swapped, original);
            }
        }
    }
}
