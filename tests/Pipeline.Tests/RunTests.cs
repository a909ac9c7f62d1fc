using System.Runtime.CompilerServices;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;

namespace VideoGaze.Pipeline.Tests;

/// <summary>Endings whose order of events matters, each forced by gates.</summary>
public sealed class RunTests
{
    private readonly PixelPool pool = new();

    [Fact]
    public async Task A_cancelled_run_waits_for_the_step_at_work_and_starts_nothing_new()
    {
        TaskCompletionSource working = FlowTests.Gate();
        TaskCompletionSource open = FlowTests.Gate();
        List<long> processed = [];
        ProbeStage deaf = new("deaf", 1, async (number, _) =>
        {
            processed.Add(number);
            working.TrySetResult();
            await open.Task;
        });
        int after = 0;
        ProbeStage next = new("next", 1, (_, _) =>
        {
            Interlocked.Increment(ref after);
            return ValueTask.CompletedTask;
        });
        ProbeSink sink = new("sink");
        using CancellationTokenSource cancel = new();
        Task<RunReport> run = FlowTests.RunUntil(PipelineGraph.From(new ProbeSource(pool, 50)).Then(deaf).Then(next).To(sink), new PipelineOptions(), cancel.Token);

        await working.Task;
        await cancel.CancelAsync();
        Assert.False(run.IsCompleted, "the run ended while a step was at work");
        Assert.Equal(0, sink.Abandons);
        open.SetResult();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);

        Assert.Equal([0], processed);
        Assert.Equal(0, after);
        Assert.Equal(1, sink.Abandons);
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_cancel_reaches_steps_that_wait_for_something()
    {
        TaskCompletionSource waiting = FlowTests.Gate();
        ProbeSink sink = new("encode", write: async (_, token) =>
        {
            waiting.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        using CancellationTokenSource cancel = new();
        Task<RunReport> run = FlowTests.RunUntil(PipelineGraph.From(new ProbeSource(pool, 50)).To(sink), new PipelineOptions(), cancel.Token);

        await waiting.Task;
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_failure_in_one_branch_reaches_the_steps_of_the_other_that_wait_for_something()
    {
        TaskCompletionSource waiting = FlowTests.Gate();
        ProbeSink left = new("encode", write: async (_, token) =>
        {
            waiting.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        ProbeSink right = new("report", write: async (_, _) =>
        {
            await waiting.Task;
            throw new IOException("disk full");
        });
        IOException thrown = await Assert.ThrowsAsync<IOException>(() => FlowTests.Run(
            PipelineGraph.From(new ProbeSource(pool, 50)).Fork(GraphTests.Divide(pool), picture => picture.To(left), crops => crops.To(right)), new PipelineOptions()));

        Assert.Equal("step 'report' at frame 0", RunFailure.Of(thrown)!.ToString());
        Assert.Empty(RunFailure.Of(thrown)!.Later);
        Assert.Equal((1, 1), (left.Abandons, right.Abandons));
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_source_that_waits_for_ever_is_stopped_by_a_failure_behind_it()
    {
        ProbeSource source = new(pool, 50, async (number, token) =>
        {
            if (number == 1)
            {
                await Task.Delay(Timeout.Infinite, token);
            }
        });
        ProbeStage broken = new("swap", 1, (_, _) => throw new InvalidDataException("wrong shape"));

        await Assert.ThrowsAsync<InvalidDataException>(() => FlowTests.Run(PipelineGraph.From(source).Then(broken).To(new ProbeSink("sink")), new PipelineOptions()));
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_source_that_waits_when_the_stop_comes_may_answer_by_throwing_and_the_sinks_commit()
    {
        using CancellationTokenSource stop = new();
        ProbeSource source = new(pool, 50, async (number, token) =>
        {
            if (number == 7)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            }
        });
        ProbeSink sink = new("sink");
        RunReport report = await FlowTests.Run(PipelineGraph.From(source).To(sink), new PipelineOptions { StopToken = stop.Token });

        Assert.True(report.StoppedEarly);
        Assert.Equal(7, report.Frames);
        Assert.True(sink.Committed);
    }

    [Fact]
    public async Task A_source_deaf_to_its_token_is_stopped_between_two_items()
    {
        using CancellationTokenSource stop = new();
        ProbeSource source = new(pool, 50, async (number, _) =>
        {
            if (number == 7)
            {
                await stop.CancelAsync();
            }
        });
        ProbeSink sink = new("sink");
        RunReport report = await FlowTests.Run(PipelineGraph.From(source).To(sink), new PipelineOptions { StopToken = stop.Token });

        Assert.Equal((8, 8L, true), (source.Given, report.Frames, report.StoppedEarly));
        Assert.True(sink.Committed);
    }

    [Fact]
    public async Task A_stop_before_the_start_reads_nothing_and_commits()
    {
        ProbeSource source = new(pool, 50);
        ProbeSink sink = new("sink");
        RunReport report = await FlowTests.Run(PipelineGraph.From(source).To(sink), new PipelineOptions { StopToken = new CancellationToken(canceled: true) });

        Assert.Equal((0, 0L, true), (source.Given, report.Frames, report.StoppedEarly));
        Assert.True(sink.Committed);
    }

    [Fact]
    public async Task A_cancel_before_the_start_reads_nothing_and_abandons()
    {
        ProbeSource source = new(pool, 50);
        ProbeSink sink = new("sink");
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            FlowTests.RunUntil(PipelineGraph.From(source).To(sink), new PipelineOptions(), new CancellationToken(canceled: true)));

        Assert.Equal(0, source.Given);
        Assert.Equal((0, 1), (sink.Commits, sink.Abandons));
    }

    [Fact]
    public async Task An_exception_comes_out_with_the_stack_of_the_step_that_threw_it()
    {
        ProbeStage broken = new("swap", 1, (_, _) => throw new InvalidDataException("wrong shape"));
        InvalidDataException thrown = await Assert.ThrowsAsync<InvalidDataException>(() =>
            FlowTests.Run(PipelineGraph.From(new ProbeSource(pool, 3)).Then(broken).To(new ProbeSink("sink")), new PipelineOptions()));

        Assert.Contains(nameof(ProbeStage), thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_thrown_while_a_broken_run_is_cleared_away_is_kept_beside_the_first_failure()
    {
        IOException first = new("disk full");
        InvalidOperationException second = new("cannot delete");
        IOException thrown = await Assert.ThrowsAsync<IOException>(() => FlowTests.Run(
            PipelineGraph.From(new Units(3)).To(new Ending(write: () => throw first, abandon: () => throw second)), new PipelineOptions()));

        Assert.Same(first, thrown);
        Assert.Equal([second], RunFailure.Of(thrown)!.Later);
    }

    [Fact]
    public async Task What_is_thrown_while_a_cancelled_run_is_cleared_away_is_inside_the_cancellation()
    {
        InvalidOperationException failure = new("cannot delete");
        OperationCanceledException thrown = await Assert.ThrowsAsync<OperationCanceledException>(() => FlowTests.RunUntil(
            PipelineGraph.From(new Units(3)).To(new Ending(write: () => { }, abandon: () => throw failure)), new PipelineOptions(), new CancellationToken(canceled: true)));

        Assert.Equal([failure], Assert.IsType<AggregateException>(thrown.InnerException).InnerExceptions);
    }

    [Fact]
    public async Task An_item_whose_disposal_throws_cannot_hang_the_run()
    {
        InvalidDataException first = new("wrong shape");
        InvalidDataException thrown = await Assert.ThrowsAsync<InvalidDataException>(() => FlowTests.Run(
            PipelineGraph.From(new Units(20, stubborn: true)).To(new Ending(write: () => throw first, abandon: () => { })), new PipelineOptions()));

        Assert.Same(first, thrown);
        Assert.All(RunFailure.Of(thrown)!.Later, later => Assert.Equal("cannot dispose", later.Message));
        Assert.NotEmpty(RunFailure.Of(thrown)!.Later);
    }

    [Fact]
    public async Task A_callback_on_the_token_that_throws_cannot_hang_the_run()
    {
        InvalidDataException first = new("wrong shape");
        ProbeStage broken = new("swap", 1, (_, token) =>
        {
            token.Register(() => throw new InvalidOperationException("broken callback"));
            throw first;
        });
        InvalidDataException thrown = await Assert.ThrowsAsync<InvalidDataException>(() =>
            FlowTests.Run(PipelineGraph.From(new ProbeSource(pool, 5)).Then(broken).To(new ProbeSink("sink")), new PipelineOptions()));

        Assert.Same(first, thrown);
        Assert.IsType<AggregateException>(Assert.Single(RunFailure.Of(thrown)!.Later));
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_graph_runs_once()
    {
        PipelineGraph graph = PipelineGraph.From(new ProbeSource(pool, 1)).To(new ProbeSink("sink"));
        await FlowTests.Run(graph, new PipelineOptions());
        await Assert.ThrowsAsync<InvalidOperationException>(() => FlowTests.Run(graph, new PipelineOptions()));
    }

    [Fact]
    public async Task A_buffer_that_a_step_keeps_is_reported_as_leaked()
    {
        PixelBuffer? kept = null;
        ProbeStage hoarder = new("hoarder", 1, (_, _) =>
        {
            kept ??= pool.Rent(ProbeSource.Spec);
            return ValueTask.CompletedTask;
        });
        RunReport report = await FlowTests.Run(PipelineGraph.From(new ProbeSource(pool, 5)).Then(hoarder).To(new ProbeSink("sink")), new PipelineOptions { Pool = pool });

        Assert.Equal(1, report.LeakedBuffers);
        kept!.Dispose();
    }

    /// <summary>Items without pixels; stubborn ones cannot be disposed.</summary>
    private sealed class Units(int count, bool stubborn = false) : IFrameSource<Unit>
    {
        public string Name => "units";

        public async IAsyncEnumerable<Unit> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (int i = 0; i < count; i++)
            {
                await Task.Yield();
                yield return new Unit(stubborn);
            }
        }
    }

    private sealed class Unit(bool stubborn) : IDisposable
    {
        public void Dispose()
        {
            if (stubborn)
            {
                throw new InvalidOperationException("cannot dispose");
            }
        }
    }

    private sealed class Ending(Action write, Action abandon) : IFrameSink<Unit>
    {
        public string Name => "ending";

        public ValueTask WriteAsync(Unit item, CancellationToken cancellationToken)
        {
            write();
            return ValueTask.CompletedTask;
        }

        public ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask AbandonAsync()
        {
            abandon();
            return ValueTask.CompletedTask;
        }
    }
}
