using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;

namespace VideoGaze.Pipeline.Tests;

public sealed class GraphTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_line_of_steps_writes_every_frame_in_order_and_commits()
    {
        PixelPool pool = new();
        ProbeSink sink = new("encode");
        RunReport report = await PipelineGraph.From(new ProbeSource(pool, 100)).Then(new ProbeStage("one")).Then(new ProbeStage("two", 3)).To(sink)
            .RunAsync(new PipelineOptions { Pool = pool }, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), sink.Written);
        Assert.True(sink.Committed);
        Assert.Equal(0, sink.Abandons);
        Assert.Equal(0, pool.Leased);
        Assert.Equal(100, report.Frames);
        Assert.Equal(["source", "one", "two", "encode"], report.Steps.Select(step => step.Name));
        Assert.All(report.Steps, step => Assert.Equal(100, step.ItemsOut));
    }

    [Fact]
    public async Task A_fork_gives_both_branches_every_frame_and_commits_left_before_right()
    {
        PixelPool pool = new();
        List<string> commits = [];
        ProbeSink left = new("encode", commit: (_, _) => Note("encode"));
        ProbeSink right = new("report", commit: (_, _) => Note("report"));
        await PipelineGraph.From(new ProbeSource(pool, 50))
            .Fork(Divide(pool), picture => picture.To(left), crops => crops.Then(new ProbeStage("gaze", 2)).To(right))
            .RunAsync(new PipelineOptions(), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), left.Written);
        Assert.Equal(left.Written, right.Written);
        Assert.Equal(["encode", "report"], commits);
        Assert.Equal(0, pool.Leased);

        ValueTask Note(string name)
        {
            commits.Add(name);
            return ValueTask.CompletedTask;
        }
    }

    internal static Func<Probe, (Probe Left, Probe Right)> Divide(PixelPool pool) =>
        item => (new Probe(item.Number, item.Pixels), new Probe(item.Number, pool.Rent(ProbeSource.Spec)));
}
