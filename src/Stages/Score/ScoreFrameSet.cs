using VideoGaze.Stages.Measure;

namespace VideoGaze.Stages.Score;

/// <summary>Everything that is shown and known at one moment. Owns the frames.</summary>
/// <param name="Truth">What the target's truth states; null where it has no such frame.</param>
/// <param name="SwapTruth">What the true swap's truth states; null where there is none.</param>
/// <param name="TrueSwap">The true swap.</param>
/// <param name="Output">The video that is scored; null where it has no such frame.</param>
/// <param name="Target">The video before the swap; null where it is not given or has no such frame.</param>
internal sealed record ScoreFrameSet(TruthFrame? Truth, TruthFrame? SwapTruth, SightedFrame TrueSwap, SightedFrame? Output, SightedFrame? Target) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        TrueSwap.Dispose();
        Output?.Dispose();
        Target?.Dispose();
    }
}
