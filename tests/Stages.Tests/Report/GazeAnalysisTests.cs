using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Tests.Report;

/// <summary>Plants each fault in a gaze that is known and looks whether it is called by its name. Noise is what the default estimator shows from frame to frame.</summary>
public sealed class GazeAnalysisTests
{
    private const double Rate = 30;
    private const int Frames = 600;
    private const double Noise = 0.8;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_faithful_output_gives_no_finding(int seed) =>
        Assert.Empty(Analyse(seed, (gaze, i) => gaze[i]).Findings);

    [Fact]
    public void A_shift_is_found_with_its_size_and_side()
    {
        GazeFinding finding = Only(Analyse(1, (gaze, i) => gaze[i] with { Yaw = gaze[i].Yaw - 5, Pitch = gaze[i].Pitch + 1 }), GazeFault.Shifted);
        Assert.Equal(-5, finding.Figures["yaw"], 0.4);
        Assert.Equal(1, finding.Figures["pitch"], 0.4);
        Assert.Contains("left", finding.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(8.0, false)]
    [InlineData(null, false)]
    public void In_the_same_face_a_small_shift_is_one_and_in_another_it_may_be_the_face_s(double? change, bool found)
    {
        GazeAnalysis analysis = Analyse(1, (gaze, i) => gaze[i] with { Pitch = gaze[i].Pitch - 4 }, change);
        Assert.Equal(change, analysis.Pair!.FaceChange);
        if (found)
        {
            Assert.Equal(-4, Only(analysis, GazeFault.Shifted).Figures["pitch"], 0.4);
        }
        else
        {
            Assert.Empty(analysis.Findings);
        }
    }

    [Fact]
    public void The_same_face_without_a_shift_is_blamed_for_nothing() => Assert.Empty(Analyse(2, (gaze, i) => gaze[i], 0.5).Findings);

    [Theory]
    [InlineData(2)]
    [InlineData(-3)]
    [InlineData(7)]
    public void A_delay_is_found_in_frames_and_seconds(int delay)
    {
        GazeFinding finding = Only(Analyse(2, (gaze, i) => gaze[Math.Clamp(i - delay, 0, gaze.Length - 1)]), GazeFault.Delayed);
        Assert.Equal(delay, finding.Figures["frames"], 0.35);
        Assert.Equal(delay / Rate, finding.Figures["seconds"], 0.012);
    }

    [Fact]
    public void Blinks_that_are_late_by_the_lag_are_kept()
    {
        EventAgreement blinks = Analyse(2, (gaze, i) => gaze[Math.Max(i - 6, 0)]).Pair!.Blinks;
        Assert.InRange(blinks.Source, 4, 20);
        Assert.True(blinks.Missed <= 1, $"{blinks.Missed} of {blinks.Source} blinks are taken for missing.");
        Assert.Equal(0.2, blinks.ShiftSeconds!.Value, 0.03);
    }

    [Fact]
    public void Exchanged_sides_are_found() =>
        Assert.True(Only(Analyse(3, (gaze, i) => gaze[i] with { Yaw = gaze[i].HeadYaw - (gaze[i].Yaw - gaze[i].HeadYaw) }), GazeFault.Mirrored).Figures["correlation"] < -0.8);

    [Fact]
    public void Missing_blinks_are_counted()
    {
        GazeAnalysis analysis = Analyse(4, (gaze, i) => gaze[i] with { Shut = false });
        GazeFinding finding = Only(analysis, GazeFault.BlinksRemoved);
        Assert.Equal(analysis.Source!.Blinks, finding.Figures["missed"]);
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(0.9, true)]
    public void Blinks_that_go_half_way_are_missed_but_nobody_is_blamed_for_them(double part, bool found)
    {
        GazeAnalysis analysis = Analyse(4, (gaze, i) => gaze[i] with { Shut = false, Lids = gaze[i].Shut ? part : 1 });
        Assert.Equal(analysis.Source!.Blinks, analysis.Pair!.Blinks.Missed);
        Assert.Equal(found, analysis.Findings.Any(finding => finding.Fault == GazeFault.BlinksRemoved));
    }

    [Fact]
    public void Invented_blinks_are_counted() =>
        Assert.InRange(Only(Analyse(1, (gaze, i) => gaze[i] with { Shut = gaze[i].Shut || i % 60 < 4 }), GazeFault.BlinksInvented).Figures["invented"], 6, 10);

    [Fact]
    public void A_stare_into_the_camera_is_found_and_nothing_else() =>
        Only(Analyse(2, (gaze, i) => gaze[i] with { Yaw = 0, Pitch = 0 }), GazeFault.Stare);

    [Fact]
    public void Eyes_that_follow_by_half_are_damped() =>
        Assert.Equal(0.4, Analyse(3, (gaze, i) => gaze[i] with { Yaw = 0.4 * gaze[i].Yaw, Pitch = 0.4 * gaze[i].Pitch }).Findings.First(finding => finding.Fault == GazeFault.Damped).Figures["slope"], 0.06);

    [Fact]
    public void Trembling_is_found()
    {
        var random = new Random(99);
        GazeFinding finding = Only(Analyse(4, (gaze, i) => gaze[i] with { Yaw = gaze[i].Yaw + (2.5 * Normal(random)), Pitch = gaze[i].Pitch + (2.5 * Normal(random)) }), GazeFault.Jitter);
        Assert.Equal(2.6, finding.Figures["output"], 0.5);
    }

    [Fact]
    public void Saccades_and_fixations_are_those_that_were_played()
    {
        (GazeMoment[] truth, int saccades) = Play(5);
        GazeAnalysis analysis = Analyse(5, (gaze, i) => gaze[i]);
        Assert.True(Math.Abs(analysis.Source!.Saccades - saccades) <= 0.25 * saccades, $"{analysis.Source.Saccades} saccades were found, {saccades} were made.");
        Assert.InRange(analysis.Source.FixationSeconds!.Value, 0.3, 1.2);
        Assert.Equal(Noise, analysis.Source.Jitter!.Value, 0.2);
        Assert.Equal(Frames, truth.Length);
    }

    [Fact]
    public void Frames_without_the_person_count_as_time()
    {
        var tally = new GazeTally();
        (GazeMoment[] gaze, _) = Play(6);
        for (int i = 0; i < Frames; i++)
        {
            tally.Add(Frame(i, i is > 200 and < 260 ? null : Face(gaze[i], gaze[Math.Max(i - 2, 0)])));
        }

        Assert.Equal(2, tally.Summarise().Tracks[0].Analysis!.Pair!.Lag!.Frames, 0.1);
    }

    [Fact]
    public void Too_little_to_analyse_gives_null()
    {
        var tally = new GazeTally();
        tally.Add(Frame(0, Face(Play(1).Gaze[0], Play(1).Gaze[0])));
        Assert.Null(tally.Summarise().Tracks[0].Analysis);
    }

    private static GazeFinding Only(GazeAnalysis analysis, GazeFault fault)
    {
        GazeFinding finding = Assert.Single(analysis.Findings);
        Assert.Equal(fault, finding.Fault);
        return finding;
    }

    private static GazeAnalysis Analyse(int seed, Func<GazeMoment[], int, GazeMoment> output, double? change = null)
    {
        (GazeMoment[] gaze, _) = Play(seed);
        var random = new Random(seed + 1000);
        var tally = new GazeTally();
        for (int i = 0; i < gaze.Length; i++)
        {
            tally.Add(Frame(i, Face(Seen(gaze[i], random), Seen(output(gaze, i), random)) with { Change = change }));
        }

        return tally.Summarise().Tracks[0].Analysis!;
    }

    /// <summary>Somebody who looks here and there for half a second each, turns the head slowly and blinks every two to three seconds.</summary>
    private static (GazeMoment[] Gaze, int Saccades) Play(int seed)
    {
        var random = new Random(seed);
        var gaze = new GazeMoment[Frames];
        double yaw = 0, pitch = 0;
        int saccades = 0;
        int nextSaccade = 10, nextBlink = 40;
        for (int i = 0; i < Frames; i++)
        {
            if (i == nextSaccade)
            {
                double before = yaw;
                yaw = (random.NextDouble() * 30) - 15;
                yaw += Math.Abs(yaw - before) < 8 ? Math.CopySign(8, yaw - before) : 0;
                pitch = (random.NextDouble() * 12) - 6;
                nextSaccade = i + 14 + random.Next(20);
                saccades++;
            }

            bool shut = i >= nextBlink && i < nextBlink + 5;
            nextBlink = i == nextBlink + 5 ? i + 55 + random.Next(30) : nextBlink;
            gaze[i] = new(yaw, pitch, 6 * Math.Sin(i / 50.0), shut);
        }

        return (gaze, saccades);
    }

    private static GazeMoment Seen(GazeMoment gaze, Random random) =>
        gaze with { Yaw = gaze.Yaw + (Noise * Normal(random)), Pitch = gaze.Pitch + (Noise * Normal(random)) };

    private static FrameGazeRecord Frame(int index, FaceGazeRecord? face) => new(index, index, "1/30", index / Rate, face is null ? [] : [face]);

    private static FaceGazeRecord Face(GazeMoment source, GazeMoment output) =>
        new(1, [0, 0, 100, 100], new(source.HeadYaw, 0, 0), Eyes(source), Eyes(output), null, null);

    private static EyesRecord Eyes(GazeMoment gaze) =>
        new(gaze.Shut ? null : gaze.Yaw, gaze.Shut ? null : gaze.Pitch, gaze.Shut ? [0.05, 0.05] : [0.3 * gaze.Lids, 0.3 * gaze.Lids], gaze.Shut, [0, 0], gaze.Shut ? 0 : 1);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private readonly record struct GazeMoment(double Yaw, double Pitch, double HeadYaw, bool Shut, double Lids = 1);
}
