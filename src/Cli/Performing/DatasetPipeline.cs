using OpenCvSharp;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Datasets;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages.Provenance;

namespace VideoGaze.Cli.Performing;

/// <summary>A data set as it was asked for.</summary>
/// <param name="Plan">What its entries are.</param>
/// <param name="First">Number of the first entry.</param>
/// <param name="Count">Entries wanted in all, those of an earlier run among them.</param>
/// <param name="Folder">Where.</param>
/// <param name="AssetsFolder">The value of <c>--assets</c>; null where it was not given.</param>
/// <param name="Tool">Program and version.</param>
/// <param name="Overwrite">Begin anew.</param>
internal sealed record DatasetJob(DatasetPlan Plan, int First, int Count, string Folder, string? AssetsFolder, string Tool, bool Overwrite);

/// <summary>What came of it.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Entries">Entries in it now.</param>
/// <param name="Made">Of these, made by this run.</param>
/// <param name="StoppedEarly">Whether the user ended it.</param>
internal sealed record DatasetResult(string Folder, int Entries, int Made, bool StoppedEarly);

/// <summary>Makes a data set: group numbers -> make, on all processors -> write, in order.</summary>
internal static class DatasetPipeline
{
    /// <summary>Makes what is missing of the data set.</summary>
    /// <param name="job">What was asked for.</param>
    /// <param name="progress">Told the number of entries in it.</param>
    /// <param name="stop">Ends when the entries in hand are written.</param>
    /// <param name="abort">Ends at once; what is written stays and can be taken up again.</param>
    public static async Task<DatasetResult> RunAsync(DatasetJob job, Action<int> progress, CancellationToken stop, CancellationToken abort)
    {
        Cv2.SetNumThreads(1);
        PerformerAssets assets = PerformerAssets.Open(job.AssetsFolder);
        using DatasetFolder folder = DatasetFolder.Open(job.Folder, job.Plan, job.First, job.Tool, ProvenanceMarks.RenderedSourceType, job.Overwrite);
        int first = folder.Next, end = job.First + job.Count;
        if (first >= end)
        {
            return new(job.Folder, first - job.First, 0, false);
        }

        DatasetMaker maker = new(assets, job.Plan);
        NumberSource groups = new("groups", job.Plan.GroupOf(first), job.Plan.GroupOf(end - 1) + 1);
        RunReport run = await PipelineGraph.From(groups).Then(new MakeStage(maker, first, end)).To(new FolderSink(folder, next => progress(next - job.First)))
            .RunAsync(new PipelineOptions { StopToken = stop, LinkCapacity = 2 }, abort).ConfigureAwait(false);
        return new(job.Folder, folder.Next - job.First, folder.Next - first, run.StoppedEarly);
    }

    private sealed class MakeStage(DatasetMaker maker, int first, int end) : IFrameStage<int, DatasetGroup>
    {
        public string Name => "make";

        public StageConcurrency Concurrency { get; } = StageConcurrency.Parallel(Environment.ProcessorCount);

        public ValueTask<DatasetGroup> ProcessAsync(int item, CancellationToken cancellationToken) => ValueTask.FromResult(maker.Make(item, first, end, cancellationToken));
    }

    // Nothing is taken back when a run fails: what is there is whole, and the next run goes on behind it.
    private sealed class FolderSink(DatasetFolder folder, Action<int> onWritten) : IFrameSink<DatasetGroup>
    {
        public string Name => "write";

        public ValueTask WriteAsync(DatasetGroup item, CancellationToken cancellationToken)
        {
            folder.Write(item);
            onWritten(folder.Next);
            return ValueTask.CompletedTask;
        }

        public ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask AbandonAsync() => ValueTask.CompletedTask;
    }
}
