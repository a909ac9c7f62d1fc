using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;

namespace VideoGaze.Pipeline.Tests;

/// <summary>Back-pressure, order and parallelism, with every interleaving forced by gates instead of sleeps.</summary>
public sealed class FlowTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private int sinkTook;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(2, 3)]
    public async Task A_stuck_sink_holds_the_source_at_the_sum_of_the_capacities(int capacity, int parallel)
    {
        // One stage and one sink, each with room for what waits and what it works on, and one item in the source's hand.
        int bound = capacity + parallel + capacity + 1 + 1;
        int frames = 5 * bound;
        PixelPool pool = new();
        TaskCompletionSource full = Gate();
        TaskCompletionSource open = Gate();
        ProbeSink sink = new("sink", write: async (_, _) => await open.Task);
        int ahead = 0;
        ProbeSource source = new(pool, frames, (number, _) =>
        {
            ahead = Math.Max(ahead, (int)number - Volatile.Read(ref sinkTook));
            if (number == bound - 1)
            {
                full.SetResult();
            }

            return ValueTask.CompletedTask;
        });
        Task<RunReport> run = Run(PipelineGraph.From(source).Then(new ProbeStage("stage", parallel)).To(new Counting(sink, () => Interlocked.Increment(ref sinkTook))), new PipelineOptions { LinkCapacity = capacity, Pool = pool });

        await full.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Empty(sink.Written);
        open.SetResult();
        RunReport report = await run;

        Assert.Equal(frames, sink.Written.Count);
        Assert.True(ahead < bound, $"the source was {ahead + 1} items ahead of the sink, {bound} allowed");
        Assert.True(report.PeakBuffers <= bound, $"{report.PeakBuffers} buffers in flight, {bound} allowed");
    }

    [Fact]
    public async Task A_fork_whose_one_branch_is_stuck_lets_the_other_run_ahead_only_to_its_bound_and_loses_nothing()
    {
        const int Capacity = 3;
        const int Frames = 60;

        // The fork hands a frame to the left before it waits for room on the right, where the sink holds one and three wait.
        const int LeftAhead = Capacity + 1 + 1;
        PixelPool pool = new();
        TaskCompletionSource ahead = Gate();
        TaskCompletionSource open = Gate();
        ProbeSink left = new("encode", write: (number, _) =>
        {
            Assert.True(open.Task.IsCompleted || number < LeftAhead, $"frame {number} passed a stuck branch");
            if (number == LeftAhead - 1)
            {
                ahead.SetResult();
            }

            return ValueTask.CompletedTask;
        });
        ProbeSink right = new("report", write: async (_, _) => await open.Task);
        Task<RunReport> run = Run(
            PipelineGraph.From(new ProbeSource(pool, Frames)).Fork(GraphTests.Divide(pool), picture => picture.To(left), crops => crops.To(right)),
            new PipelineOptions { LinkCapacity = Capacity });

        await ahead.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Empty(right.Written);
        open.SetResult();
        await run;

        Assert.Equal(Frames, left.Written.Count);
        Assert.Equal(left.Written, right.Written);
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_parallel_stage_works_on_as_many_frames_as_it_may_and_order_is_kept_when_they_finish_backwards()
    {
        const int Parallel = 4;
        const int Frames = 4 * Parallel;
        PixelPool pool = new();
        TaskCompletionSource[] done = [.. Enumerable.Range(0, Frames + 1).Select(_ => Gate())];
        int running = 0;
        TaskCompletionSource allIn = Gate();

        // Within each group of four, a frame waits for the one after it.
        ProbeStage stage = new("detect", Parallel, async (number, _) =>
        {
            if (Interlocked.Increment(ref running) == Parallel)
            {
                allIn.SetResult();
            }

            if (number % Parallel != Parallel - 1)
            {
                await done[number + 1].Task;
            }

            done[number].SetResult();
        });
        ProbeSink sink = new("sink");
        await Run(PipelineGraph.From(new ProbeSource(pool, Frames)).Then(stage).To(sink), new PipelineOptions { LinkCapacity = 1 });

        Assert.True(allIn.Task.IsCompleted);
        Assert.Equal(Parallel, stage.MostParallel);
        Assert.Equal(Enumerable.Range(0, Frames).Select(i => (long)i), sink.Written);
    }

    [Fact]
    public async Task A_sequential_stage_sees_frames_one_at_a_time_and_in_order_behind_a_parallel_one()
    {
        PixelPool pool = new();
        List<long> seen = [];
        ProbeStage tracker = new("track", 1, async (number, _) =>
        {
            seen.Add(number);
            await Task.Yield();
        });
        ProbeStage detector = new("detect", 4, async (number, _) =>
        {
            for (long i = number % 5; i > 0; i--)
            {
                await Task.Yield();
            }
        });
        await Run(PipelineGraph.From(new ProbeSource(pool, 200)).Then(detector).Then(tracker).To(new ProbeSink("sink")), new PipelineOptions());

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), seen);
        Assert.Equal(1, tracker.MostParallel);
    }

    [Fact]
    public async Task A_slow_synchronous_step_does_not_hold_up_the_caller()
    {
        PixelPool pool = new();
        TaskCompletionSource open = Gate();
        ProbeSource source = new(pool, 1, (_, _) =>
        {
            open.Task.Wait(TestContext.Current.CancellationToken);
            return ValueTask.CompletedTask;
        });
        Task<RunReport> run = PipelineGraph.From(source).To(new ProbeSink("sink")).RunAsync(new PipelineOptions(), TestContext.Current.CancellationToken);

        Assert.False(run.IsCompleted);
        open.SetResult();
        await run.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    internal static TaskCompletionSource Gate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal static Task<RunReport> Run(PipelineGraph graph, PipelineOptions options) => RunUntil(graph, options, TestContext.Current.CancellationToken);

    internal static Task<RunReport> RunUntil(PipelineGraph graph, PipelineOptions options, CancellationToken cancel) =>
        graph.RunAsync(options, cancel).WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Tells when an item has been taken to its end.</summary>
    private sealed class Counting(ProbeSink inner, Action written) : IFrameSink<Probe>
    {
        public string Name => inner.Name;

        public async ValueTask WriteAsync(Probe item, CancellationToken cancellationToken)
        {
            await inner.WriteAsync(item, cancellationToken);
            written();
        }

        public ValueTask CommitAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

        public ValueTask AbandonAsync() => inner.AbandonAsync();
    }
}
