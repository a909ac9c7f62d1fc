using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Measure;

namespace VideoGaze.Stages.Floor;

/// <summary>Looks at frames as <c>measure</c> does while they pass, and keeps what it saw of their faces, so that they need not be read and searched once more. Owns what it keeps.</summary>
/// <param name="sight">Keeps the frames' pictures, which are the next step's.</param>
internal sealed class SightingStage(SightStage sight) : IFrameStage<FrameWith<TrackedFace>, FrameWith<TrackedFace>>, IDisposable
{
    private readonly List<SightedFrame> seen = [];

    /// <inheritdoc/>
    public string Name => "sight";

    /// <inheritdoc/>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <summary>What was seen, in order.</summary>
    public IReadOnlyList<SightedFrame> Seen => seen;

    /// <inheritdoc/>
    public async ValueTask<FrameWith<TrackedFace>> ProcessAsync(FrameWith<TrackedFace> item, CancellationToken cancellationToken)
    {
        SightedFrame sighted = await sight.ProcessAsync(item, cancellationToken).ConfigureAwait(false);
        seen.Add(sighted with { Pixels = null });
        return item;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        seen.ForEach(frame => frame.Dispose());
        seen.Clear();
    }
}
