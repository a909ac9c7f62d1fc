using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;

namespace VideoGaze.Pipeline.Tests;

public sealed class ReportTests
{
    [Fact]
    public async Task Busy_time_is_the_time_inside_a_step_by_the_injected_clock()
    {
        PixelPool pool = new();
        ManualClock clock = new();

        // One frame in the graph at a time, so that no other step is at work while the clock is advanced.
        using SemaphoreSlim turn = new(1);
        ProbeSource source = new(pool, 10, async (_, token) =>
        {
            await turn.WaitAsync(token);
            clock.Advance(TimeSpan.FromMilliseconds(1));
        });
        ProbeStage stage = new("swap", 1, (_, _) => clock.AdvanceAsync(TimeSpan.FromMilliseconds(30)));
        ProbeSink sink = new("encode", write: async (_, _) =>
        {
            await clock.AdvanceAsync(TimeSpan.FromMilliseconds(4));
            turn.Release();
        }, commit: (_, _) => clock.AdvanceAsync(TimeSpan.FromMilliseconds(500)));
        RunReport report = await FlowTests.Run(PipelineGraph.From(source).Then(stage).To(sink), new PipelineOptions { Clock = clock, Pool = pool });

        StepReport swap = report.Steps[1];
        Assert.Equal(300, swap.Busy.TotalMilliseconds, 0.001);
        Assert.Equal((10, 10), (swap.ItemsIn, swap.ItemsOut));
        Assert.Equal(500, report.Commit.TotalMilliseconds, 0.001);

        // The source advances once more before it finds its end.
        Assert.Equal((10 * (1 + 30 + 4)) + 1 + 500, report.Wall.TotalMilliseconds, 0.001);
        Assert.Equal(10 / report.Wall.TotalSeconds, report.FramesPerSecond, 0.001);
    }

    [Fact]
    public async Task Queue_figures_show_which_step_the_others_wait_for()
    {
        PixelPool pool = new();
        TaskCompletionSource full = FlowTests.Gate();

        // The sink begins no second frame before the stage has come to frame 5, so by then frames 1 to 4 wait. With capacity 4 the two blocks hold 5 each.
        ProbeStage fast = new("fast", 1, (number, _) =>
        {
            if (number == 5)
            {
                full.SetResult();
            }

            return ValueTask.CompletedTask;
        });
        ProbeSink slow = new("slow", write: async (_, _) => await full.Task);
        RunReport report = await FlowTests.Run(PipelineGraph.From(new ProbeSource(pool, 40)).Then(fast).To(slow), new PipelineOptions());

        StepReport sink = report.Steps[2];
        Assert.InRange(sink.MaxQueue, 4, 10);
        Assert.True(sink.MeanQueue > 0, "nothing waited for the slow step");
        Assert.Equal(sink.Waited / report.Wall, sink.MeanQueue, 1e-9);
    }

    [Fact]
    public async Task The_engines_cost_is_estimated_when_asked_for()
    {
        PixelPool pool = new();
        RunReport asked = await FlowTests.Run(PipelineGraph.From(new ProbeSource(pool, 20)).To(new ProbeSink("sink")), new PipelineOptions { EstimateEngineTime = true });
        RunReport unasked = await FlowTests.Run(PipelineGraph.From(new ProbeSource(pool, 20)).To(new ProbeSink("sink")), new PipelineOptions());

        Assert.True(asked.EngineTime > TimeSpan.Zero, "the engine costs nothing");

        // 5 ms a hop would be a thousand times what was measured (benchmarks/README.md).
        Assert.True(asked.EngineTime < TimeSpan.FromMilliseconds(100), $"the engine took {asked.EngineTime} for 20 hops");
        Assert.Null(unasked.EngineTime);
        Assert.Null(unasked.EngineShare);
    }

    [Fact]
    public void The_table_has_a_line_for_each_step_and_aligned_columns()
    {
        RunReport report = new(
            [
                new("decode", StepKind.Source, 1, 0, 240, TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(8.5), 0, 0),
                new("detect-and-more", StepKind.Stage, 2, 240, 240, TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(20), 2, 4),
            ],
            240, StoppedEarly: true, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(18), TimeSpan.FromSeconds(0.09), 30, 3 << 20, 0);

        string expected = string.Join(Environment.NewLine,
            "step              frames   par    busy s   ms/frame   load %   wait s   queue mean/max",
            "decode               240     1      1.20      5.000       12     8.50                -",
            "detect-and-more      240     2     16.00     66.667       80    20.00            2.0/4",
            "240 frames in 10.00 s (24.0 a second), commit 0.25 s, CPU 18.00 s, stopped early",
            "peak 30 pixel buffers, 3.0 MiB, leaked 0; engine about 0.50 % of CPU",
            string.Empty);
        Assert.Equal(expected, report.ToTable());
    }

    /// <summary>A clock that stands still until it is advanced.</summary>
    private sealed class ManualClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

        public ValueTask AdvanceAsync(TimeSpan by)
        {
            Advance(by);
            return ValueTask.CompletedTask;
        }
    }
}
