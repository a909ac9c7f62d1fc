using VideoGaze.Pipeline.Running;

namespace VideoGaze.Pipeline.Tests;

/// <summary>All endings a run can have, over random graphs. A failing case names its seed, which builds the same graph again.</summary>
public sealed class EndingTests
{
    private const int Runs = 150;
    private static readonly PlaceKind[] AnyItemCall = [PlaceKind.Source, PlaceKind.Stage, PlaceKind.Fork, PlaceKind.Sink];

    [Fact]
    public Task A_run_without_trouble_writes_all_frames_and_commits_every_sink() => ForSeedsAsync(async run =>
    {
        (RunReport? report, Exception? thrown) = await run.RunAsync();

        Assert.Null(thrown);
        Assert.Equal(run.Frames, report!.Frames);
        Assert.False(report.StoppedEarly);
        Assert.Equal(0, report.LeakedBuffers);
        Assert.All(run.Sinks, sink => Assert.True(sink.Committed));
        Assert.All(run.Sinks, sink => Assert.Equal(run.Frames, sink.Written.Count));
        Assert.All(report.Steps, step => Assert.Equal(run.Frames, step.ItemsOut));
    });

    [Fact]
    public Task A_source_that_throws_fails_the_run() => FailsAsync(PlaceKind.Source);

    [Fact]
    public Task A_stage_that_throws_fails_the_run_in_the_trunk_and_in_any_branch() => FailsAsync(PlaceKind.Stage);

    [Fact]
    public Task A_split_that_throws_fails_the_run() => FailsAsync(PlaceKind.Fork);

    [Fact]
    public Task A_sink_that_throws_fails_the_run_and_both_sinks_are_abandoned() => FailsAsync(PlaceKind.Sink);

    [Fact]
    public Task A_stray_operation_cancelled_exception_is_a_failure_and_no_cancel() =>
        FailsAsync(AnyItemCall, () => new OperationCanceledException("nobody cancelled"));

    [Fact]
    public Task Two_steps_that_throw_fail_the_run_with_one_of_the_two() => ForSeedsAsync(async run =>
    {
        InvalidOperationException one = new("one");
        InvalidOperationException two = new("two");
        run.When(run.PickCall(AnyItemCall), () => throw one);
        run.When(run.PickCall(AnyItemCall), () => throw two);
        (_, Exception? thrown) = await run.RunAsync();

        Assert.True(thrown == one || thrown == two, $"ended with {thrown}");
        Assert.All(run.Sinks, sink => Assert.Equal(0, sink.Commits));
    });

    [Fact]
    public Task A_commit_that_throws_fails_the_run_and_abandons_the_sinks_after_it() => ForSeedsAsync(async run =>
    {
        Place call = run.PickCall(PlaceKind.Commit);
        Exception failure = call.Step.Length % 2 == 0 ? new IOException("disk full") : new OperationCanceledException("nobody cancelled");
        run.When(call, () => throw failure);
        (_, Exception? thrown) = await run.RunAsync();

        Assert.Same(failure, thrown);
        Assert.Equal(call.Step, RunFailure.Of(thrown!)!.Step);
        Assert.Null(RunFailure.Of(thrown!)!.FrameIndex);
        int failed = run.Sinks.ToList().FindIndex(sink => sink.Name == call.Step);
        Assert.All(run.Sinks.Take(failed), sink => Assert.True(sink.Committed));
        Assert.False(run.Sinks[failed].Committed);
        Assert.Equal(0, run.Sinks[failed].Abandons);
        Assert.All(run.Sinks.Skip(failed + 1), sink => Assert.Equal(1, sink.Abandons));
    });

    [Fact]
    public Task The_callers_cancel_at_any_time_abandons_every_sink() => ForSeedsAsync(async run =>
    {
        run.When(run.PickCall(AnyItemCall), run.Hard.Cancel);
        (_, Exception? thrown) = await run.RunAsync();

        Assert.Equal(run.Hard.Token, Assert.IsType<OperationCanceledException>(thrown).CancellationToken);
        Assert.All(run.Sinks, sink => Assert.Equal(1, sink.Abandons));
    });

    [Fact]
    public Task The_callers_cancel_that_makes_a_step_throw_is_a_cancel_and_no_failure() => ForSeedsAsync(async run =>
    {
        run.When(run.PickCall(AnyItemCall), () =>
        {
            run.Hard.Cancel();
            run.Hard.Token.ThrowIfCancellationRequested();
        });
        (_, Exception? thrown) = await run.RunAsync();

        Assert.IsType<OperationCanceledException>(thrown);
        Assert.Null(RunFailure.Of(thrown));
        Assert.All(run.Sinks, sink => Assert.Equal(1, sink.Abandons));
    });

    [Fact]
    public Task A_cancel_from_another_thread_ends_in_all_or_nothing() => ForSeedsAsync(async run =>
    {
        Task cancelling = Task.CompletedTask;
        run.When(run.PickCall(AnyItemCall), () => cancelling = run.Hard.CancelAsync());
        (RunReport? report, Exception? thrown) = await run.RunAsync();
        await cancelling;

        Assert.True(report is null == thrown is OperationCanceledException, $"ended with {thrown}");
        Assert.All(run.Sinks, sink => Assert.Equal(report is not null, sink.Committed));
    });

    [Fact]
    public Task A_cancel_while_the_sinks_commit_comes_too_late() => ForSeedsAsync(async run =>
    {
        run.When(run.PickCall(PlaceKind.Commit), run.Hard.Cancel);
        (RunReport? report, Exception? thrown) = await run.RunAsync();

        Assert.Null(thrown);
        Assert.Equal(run.Frames, report!.Frames);
        Assert.All(run.Sinks, sink => Assert.True(sink.Committed));
    });

    [Fact]
    public Task The_stop_token_finishes_what_was_read_and_commits_a_shorter_result() => ForSeedsAsync(async run =>
    {
        run.When(run.PickCall(AnyItemCall), run.Stop.Cancel);
        (RunReport? report, Exception? thrown) = await run.RunAsync();

        Assert.Null(thrown);
        Assert.Equal(run.Source.Given, report!.Frames);
        Assert.True(report.StoppedEarly || report.Frames == run.Frames, "frames are missing and nobody says so");
        Assert.All(run.Sinks, sink => Assert.True(sink.Committed));
        Assert.All(run.Sinks, sink => Assert.Equal(report.Frames, sink.Written.Count));
    });

    [Fact]
    public Task A_second_cancel_after_the_stop_abandons_every_sink() => ForSeedsAsync(async run =>
    {
        bool second = false;
        run.When(run.PickCall(AnyItemCall), run.Stop.Cancel);
        run.When(run.PickCall(AnyItemCall), () =>
        {
            second = true;
            run.Hard.Cancel();
        });
        (_, Exception? thrown) = await run.RunAsync();

        // The stop may have come so early that the frame of the second cancel was never read.
        Assert.Equal(second, thrown is OperationCanceledException);
        Assert.All(run.Sinks, sink => Assert.Equal(!second, sink.Committed));
    });

    [Fact]
    public Task A_failure_after_the_stop_is_a_failure() => ForSeedsAsync(async run =>
    {
        InvalidOperationException? failure = null;
        run.When(run.PickCall(AnyItemCall), run.Stop.Cancel);
        run.When(run.PickCall(AnyItemCall), () =>
        {
            failure = new InvalidOperationException("after the stop");
            throw failure;
        });
        (_, Exception? thrown) = await run.RunAsync();

        Assert.Same(failure, thrown);
        Assert.All(run.Sinks, sink => Assert.Equal(failure is null, sink.Committed));
    });

    private static Task FailsAsync(PlaceKind kind) => FailsAsync([kind], () => new InvalidOperationException("deliberate"));

    private static Task FailsAsync(PlaceKind[] kinds, Func<Exception> failing) => ForSeedsAsync(async run =>
    {
        Exception failure = failing();
        Place call = run.PickCall(kinds);
        run.When(call, () => throw failure);
        (_, Exception? thrown) = await run.RunAsync();

        Assert.Same(failure, thrown);
        Assert.Equal(call.Step, RunFailure.Of(thrown!)!.Step);
        Assert.Equal(call.Number, RunFailure.Of(thrown!)!.FrameIndex);
        Assert.All(run.Sinks, sink => Assert.Equal(0, sink.Commits));
        Assert.Contains(run.Sinks, sink => sink.Written.Count <= call.Number);
    }, kinds);

    /// <summary>Runs a check over random graphs, leaving out those that have no step of the kinds it is about.</summary>
    private static async Task ForSeedsAsync(Func<RandomRun, Task> check, params PlaceKind[] kinds)
    {
        int seed = 0;
        for (int checks = 0; checks < Runs; checks++)
        {
            RandomRun run;
            do
            {
                run = new(++seed);
            }
            while (kinds.Length > 0 && !run.Has(kinds));

            try
            {
                await check(run);
                run.CheckAlways();
            }
            catch (Exception exception)
            {
                throw new Xunit.Sdk.XunitException($"{run}: {exception.Message}", exception);
            }
        }
    }
}
