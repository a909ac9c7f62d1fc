using System.Runtime.CompilerServices;
using VideoGaze.Pipeline.Graph;

namespace VideoGaze.Pipeline.Running;

/// <summary>
/// Measures what the engine itself costs: CPU time of this process for one item through one step that does nothing, with one item on its way at a time, so that
/// nothing is won by handling several in a row. An estimate: whatever else the process does meanwhile counts as engine, and a thread that must first be woken from
/// sleep costs a few microseconds more. Beside frames that cost milliseconds, a tenfold error would not matter.
/// </summary>
public static class EngineCost
{
    private const int Items = 200;
    private const int Stages = 6;

    /// <summary>CPU time of one hop. Takes about 10 ms.</summary>
    public static async Task<TimeSpan> MeasureHopAsync()
    {
        // Twice: the first run pays for compiling the code.
        await RunOnceAsync().ConfigureAwait(false);
        TimeSpan before = PipelineRun.ProcessorTime();
        await RunOnceAsync().ConfigureAwait(false);
        return (PipelineRun.ProcessorTime() - before) / (Items * (Stages + 1));
    }

    private static async Task RunOnceAsync()
    {
        using LockStep ends = new();
        PipelinePath<object, PipelineGraph> path = PipelineGraph.From(ends);
        for (int i = 0; i < Stages; i++)
        {
            path = path.Then(new Nothing());
        }

        await path.To(ends).RunAsync(new PipelineOptions()).ConfigureAwait(false);
    }

    /// <summary>Source and sink in one: gives the next item when the last one has arrived.</summary>
    private sealed class LockStep : IFrameSource<object>, IFrameSink<object>, IDisposable
    {
        private readonly SemaphoreSlim arrived = new(1);

        public string Name => "nothing";

        public async IAsyncEnumerable<object> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (int i = 0; i < Items; i++)
            {
                await arrived.WaitAsync(cancellationToken).ConfigureAwait(false);
                yield return Name;
            }
        }

        public ValueTask WriteAsync(object item, CancellationToken cancellationToken)
        {
            arrived.Release();
            return ValueTask.CompletedTask;
        }

        public ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask AbandonAsync() => ValueTask.CompletedTask;

        public void Dispose() => arrived.Dispose();
    }

    private sealed class Nothing : IFrameStage<object, object>
    {
        public string Name => "nothing";

        public StageConcurrency Concurrency => StageConcurrency.Sequential;

        public ValueTask<object> ProcessAsync(object item, CancellationToken cancellationToken) => ValueTask.FromResult(item);
    }
}
