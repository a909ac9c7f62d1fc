using System.Runtime.ExceptionServices;
using VideoGaze.Pipeline.Graph;

namespace VideoGaze.Pipeline.Running;

/// <summary>One run of a graph from start to ending: builds the blocks, lets them drain, then commits or abandons every sink and writes the report.</summary>
internal static class PipelineRun
{
    public static async Task<RunReport> ExecuteAsync(Action<GraphBlocks> build, PipelineOptions options, CancellationToken cancellationToken)
    {
        long startedAt = options.Clock.GetTimestamp();
        TimeSpan processorBefore = ProcessorTime();
        int leasedBefore = options.Pool?.Leased ?? 0;

        using RunState state = new(cancellationToken, options.StopToken);
        GraphBlocks blocks = new(state, options.LinkCapacity, options.Clock);
        build(blocks);
        await blocks.DrainAsync().ConfigureAwait(false);

        long drainedAt = options.Clock.GetTimestamp();
        CheckCounts(blocks, state);
        bool committed = await EndSinksAsync(blocks.Sinks, state).ConfigureAwait(false);
        if (!committed)
        {
            ExceptionDispatchInfo.Throw(state.Reason());
        }

        TimeSpan wall = options.Clock.GetElapsedTime(startedAt);
        TimeSpan processor = ProcessorTime() - processorBefore;
        return new RunReport(
            [.. blocks.Meters.Select(meter => meter.Report(wall))],
            blocks.Meters[0].ItemsOut,
            blocks.StoppedEarly,
            wall,
            options.Clock.GetElapsedTime(drainedAt),
            processor,
            options.EstimateEngineTime ? await EngineCost.MeasureHopAsync().ConfigureAwait(false) * blocks.Meters.Sum(meter => meter.ItemsIn) : null,
            options.Pool?.PeakLeased ?? 0,
            options.Pool?.PeakLeasedBytes ?? 0,
            (options.Pool?.Leased ?? 0) - leasedBefore);
    }

    /// <summary>CPU time of this process so far, all threads.</summary>
    internal static TimeSpan ProcessorTime() => Environment.CpuUsage.TotalTime;

    /// <summary>The last guard before a result becomes final: a lost item must never look like a shorter video.</summary>
    private static void CheckCounts(GraphBlocks blocks, RunState state)
    {
        long read = blocks.Meters[0].ItemsOut;
        foreach (SinkEnd sink in blocks.Sinks)
        {
            if (!state.Ended && sink.Meter.ItemsOut != read)
            {
                state.Fail(sink.Meter.Name, null, new InvalidOperationException($"{sink.Meter.Name} wrote {sink.Meter.ItemsOut} items of {read} that were read."));
            }
        }
    }

    /// <summary>Calls exactly one of commit and abandon on each sink. True if all have committed.</summary>
    private static async Task<bool> EndSinksAsync(IReadOnlyList<SinkEnd> sinks, RunState state)
    {
        bool good = !state.Ended;
        foreach (SinkEnd sink in sinks)
        {
            try
            {
                if (good)
                {
                    await sink.CommitAsync(state.WorkToken).ConfigureAwait(false);
                }
                else
                {
                    await sink.AbandonAsync().ConfigureAwait(false);
                }
            }
            catch (Exception exception)
            {
                good = false;
                state.Fail(sink.Meter.Name, null, exception);
            }
        }

        return good;
    }
}
