using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Tests.Report;

public sealed class GazeGateTests
{
    [Theory]
    [InlineData(5.0, true)]
    [InlineData(4.9, false)]
    public void A_limit_is_kept_up_to_itself(double limit, bool passes)
    {
        GazeVerdict verdict = new GazeGate(MaxP95: limit).Judge(Summary(new(10, 2, 1.5, 5.0, 7), []));
        Assert.Equal(passes, verdict.Passed);
        Assert.Equal(passes, verdict.Words().Length == 0);
        Assert.Equal(5.0, Assert.Single(verdict.Checks).Value);
    }

    [Fact]
    public void Every_broken_limit_is_named()
    {
        string words = new GazeGate(1, 1, 1).Judge(Summary(new(10, 2, 1.5, 5, 7), [])).Words();
        Assert.Equal("The gaze does not keep its limits: mean at most 1 degrees, found 2 degrees; median at most 1 degrees, found 1.5 degrees; p95 at most 1 degrees, found 5 degrees.", words);
    }

    [Fact]
    public void Where_nothing_was_measured_a_limit_is_not_kept()
    {
        GazeVerdict verdict = new GazeGate(MaxMedian: 90).Judge(Summary(null, []));
        Assert.False(verdict.Passed);
        Assert.Contains("nothing could be measured", verdict.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_by_name_fail_where_none_are_allowed()
    {
        GazeSummary faulty = Summary(new(10, 2, 1.5, 5, 7), [new(GazeFault.Stare, "It stares.", new Dictionary<string, double>())]);
        Assert.False(new GazeGate(NoFindings: true).Judge(faulty).Passed);
        Assert.True(new GazeGate(MaxMean: 3).Judge(faulty).Passed);
        Assert.True(new GazeGate(NoFindings: true).Judge(Summary(null, [])).Passed);
    }

    [Fact]
    public void Without_a_limit_there_is_no_gate() => Assert.False(new GazeGate().IsSet);

    private static GazeSummary Summary(ErrorStatistics? error, IReadOnlyList<GazeFinding> findings)
    {
        var none = new Dictionary<GazeSkip, long>();
        var blinks = new BlinkStatistics(0, 0, 0, 0, 0);
        return new(10, 10, 10, 10, none, error, null, blinks, [new(1, 10, 10, none, error, null, blinks, new(0.04, null, null, null, findings))]);
    }
}
