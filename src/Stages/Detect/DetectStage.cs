using System.Collections.Concurrent;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Detect;

/// <summary>Finds the faces of every frame. Owns its network's buffers; the session belongs to the caller.</summary>
public sealed class DetectStage : IFrameStage<VideoFrame, FrameWith<DetectedFace>>, IDisposable
{
    private readonly ConcurrentBag<FaceFinder> idle = [];
    private readonly ColorSpec color;

    /// <summary>Checks the network and prepares a set of buffers for each worker.</summary>
    /// <param name="model">YuNet or SCRFD; used until the stage is disposed.</param>
    /// <param name="color">How the frames are to be read.</param>
    /// <param name="options">How faces are looked for.</param>
    /// <exception cref="Faces.Failures.UserFacingException">The network is no known detector.</exception>
    public DetectStage(OnnxSession model, ColorSpec color, DetectOptions? options = null)
    {
        options ??= new();
        this.color = color;
        Concurrency = StageConcurrency.Parallel(options.Workers);
        for (int worker = 0; worker < options.Workers; worker++)
        {
            idle.Add(FaceFinder.Over(model, options));
        }
    }

    /// <inheritdoc/>
    public string Name => "detect";

    /// <inheritdoc/>
    public StageConcurrency Concurrency { get; }

    /// <inheritdoc/>
    public ValueTask<FrameWith<DetectedFace>> ProcessAsync(VideoFrame item, CancellationToken cancellationToken)
    {
        if (!idle.TryTake(out FaceFinder? finder))
        {
            throw new InvalidOperationException($"More frames at once than the {Concurrency.MaxParallel} the stage was built for.");
        }

        try
        {
            return ValueTask.FromResult(new FrameWith<DetectedFace>(item, finder.Find(PictureView.Of(item.Pixels, color))));
        }
        finally
        {
            idle.Add(finder);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (idle.TryTake(out FaceFinder? finder))
        {
            finder.Dispose();
        }
    }
}
