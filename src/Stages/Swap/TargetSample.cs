using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Swap;

/// <summary>Looks at the person to be replaced before a run, in a few frames spread over the video.</summary>
internal static class TargetSample
{
    // Places of the video, and neighbouring frames at each. A place costs a start of ffmpeg, a tenth of a second and more; few would make one moment's expression the person's. Neighbours cost a hundredth, and the mean of three has less noise.
    private const int Places = 8, Neighbours = 3;

    /// <summary>The meshes of the face that will be replaced, in frame pixels.</summary>
    /// <param name="media">The video.</param>
    /// <param name="range">The part of it that will be swapped.</param>
    /// <param name="pool">Where pixels are rented from; all are given back.</param>
    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="steps">Of this look alone.</param>
    /// <param name="stop">Ends it with nothing.</param>
    /// <param name="abort">Ends it at once.</param>
    /// <returns>None where the video cannot be sampled or shows nobody; the run itself will say what is wrong with it.</returns>
    public static async Task<IReadOnlyList<FaceMesh>> ReadAsync(MediaInfo media, TimeRange range, PixelPool pool, FfmpegTools tools, FaceSteps steps, CancellationToken stop, CancellationToken abort)
    {
        IReadOnlyList<SampledRun> runs = SampledFrames.SpreadOver(media, range, Places, Neighbours);
        MeshSink meshes = new();
        if (runs.Count == 0)
        {
            return [];
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
            await PipelineGraph.From(new SampledFrames(media, pool, tools, runs)).Then(steps.Detect).Then(steps.Track).Then(steps.Align).To(meshes)
                .RunAsync(new PipelineOptions { Pool = pool }, either.Token).ConfigureAwait(false);
            return meshes.Seen;
        }
        catch (Exception failure) when (failure is UserFacingException || (failure is OperationCanceledException && !abort.IsCancellationRequested))
        {
            // A look ahead is worth no failed run, and who stops a run early still gets what it comes to.
            return [];
        }
    }

    /// <summary>Keeps the meshes, not the pictures.</summary>
    private sealed class MeshSink : IFrameSink<FrameWith<AlignedFace>>
    {
        private readonly List<FaceMesh> seen = [];

        public IReadOnlyList<FaceMesh> Seen => seen;

        public string Name => "look";

        public ValueTask WriteAsync(FrameWith<AlignedFace> item, CancellationToken cancellationToken)
        {
            using (item)
            {
                seen.AddRange(item.Faces.Select(face => face.RawMesh));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask AbandonAsync() => ValueTask.CompletedTask;
    }
}
