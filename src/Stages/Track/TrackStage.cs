using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Track;

/// <summary>Names the faces of each frame and keeps the chosen ones.</summary>
internal sealed class TrackStage(FaceTracker tracker, IFaceSelector selector) : IFrameStage<FrameWith<DetectedFace>, FrameWith<TrackedFace>>
{
    /// <inheritdoc/>
    public string Name => "track";

    /// <inheritdoc/>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <inheritdoc/>
    public ValueTask<FrameWith<TrackedFace>> ProcessAsync(FrameWith<DetectedFace> item, CancellationToken cancellationToken)
    {
        var tracked = new FrameWith<TrackedFace>(item.Frame, tracker.Next(item.Frame.Stamp.Seconds, item.Faces));
        return ValueTask.FromResult(tracked with { Faces = selector.Select(tracked) });
    }
}
