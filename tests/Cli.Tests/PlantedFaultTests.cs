using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Directing;
using VideoGaze.Performers.Truth;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Analysis;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary>
/// Performers do each fault on purpose and the analysis has to call it by name. From the truth of the frames with an estimator's noise on it; what the networks make of
/// rendered pictures of the same faults is in docs/gaze-report.md.
/// </summary>
public sealed class PlantedFaultTests
{
    private const double Noise = 0.8;
    private static readonly Lazy<Performance> Clean = new(Play);

    [Fact]
    public void Nothing_is_found_where_nothing_is_wrong() => Assert.Empty(Analyse(Clean.Value).Findings);

    [Theory]
    [InlineData("shifted:5,0", GazeFault.Shifted, "yaw", 5, 1.2)]
    [InlineData("shifted:0,-6", GazeFault.Shifted, "pitch", -6, 1.2)]
    [InlineData("delayed:2", GazeFault.Delayed, "frames", 2, 0.3)]
    [InlineData("mirrored", GazeFault.Mirrored, "correlation", -1, 0.6)]
    [InlineData("blinksRemoved", GazeFault.BlinksRemoved, "missed", 3, 1)]
    [InlineData("stare", GazeFault.Stare, "output", 1.2, 0.6)]
    public void Each_fault_is_called_by_its_name(string planted, GazeFault fault, string figure, double value, double tolerance)
    {
        GazeFinding finding = Assert.Single(Analyse(Clean.Value.With(PlantedFault.Parse(planted)!)).Findings);
        Assert.Equal(fault, finding.Fault);
        Assert.Equal(value, finding.Figures[figure], tolerance);
    }

    [Theory]
    [InlineData("shifted")]
    [InlineData("shifted:5")]
    [InlineData("shifted:a,b")]
    [InlineData("delayed:-1")]
    [InlineData("stare:1")]
    [InlineData("asleep")]
    public void What_is_no_fault_is_refused(string text) => Assert.Null(PlantedFault.Parse(text));

    private static Performance Play() =>
        new(PerformerAssets.Open(SharedAssets.Require(Path.Combine("performers", "assets"))), Scripts.Write("talk", new() { Seed = 3 }));

    private static GazeAnalysis Analyse(Performance output)
    {
        var random = new Random(5);
        var tally = new GazeTally();
        for (int frame = 0; frame < output.Script.Frames; frame++)
        {
            TruthPerson source = Clean.Value.TruthOf(frame).Persons[0], changed = output.TruthOf(frame).Persons[0];
            HeadPose head = source.Labels.Head;
            tally.Add(new(frame, frame, "1/30", frame / 30.0, [new(1, [0, 0, 1, 1], new(head.YawDegrees, head.PitchDegrees, head.RollDegrees), Seen(source, random), Seen(changed, random), null, null)]));
        }

        return tally.Summarise().Tracks[0].Analysis!;
    }

    private static EyesRecord Seen(TruthPerson person, Random random)
    {
        bool shut = person.Labels.Blink;
        GazeAngles gaze = person.Labels.Gaze;
        return new(shut ? null : gaze.YawDegrees + (Noise * Normal(random)), shut ? null : gaze.PitchDegrees + (Noise * Normal(random)), [0.3, 0.3], shut, [0, 0], 1);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
