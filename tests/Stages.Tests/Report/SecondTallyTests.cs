using VideoGaze.Faces.Gaze;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Tests.Report;

public sealed class SecondTallyTests
{
    [Fact]
    public void Both_estimators_are_compared_on_both_videos()
    {
        // The second reads the source 3 degrees higher and the output 4: its error is one degree of pitch more.
        SecondSummary second = Summarise(face => WithSecond(face, 3, 4)).Second!;
        Assert.Equal("other", second.Estimator);
        Assert.Equal(3, second.Source!.Mean, 0.01);
        Assert.Equal(4, second.Output!.Mean, 0.01);
        Assert.Equal(0.5, second.Bias!.Pitch, 1e-3);
        Assert.Equal(90, second.Error!.Count);
        Assert.True(second.SameFindings);
        Assert.Equal(1, second.Tracks.Single().Track);
    }

    [Fact]
    public void A_fault_that_only_one_of_them_names_is_no_agreement()
    {
        GazeSummary summary = Summarise(face => WithSecond(face, 0, 8));
        Assert.Empty(summary.Tracks[0].Analysis!.Findings);
        Assert.Equal(GazeFault.Shifted, Assert.Single(summary.Second!.Tracks[0].Findings).Fault);
        Assert.False(summary.Second.SameFindings);
        GazeVerdict verdict = new GazeGate(MaxMean: 5, NoFindings: true).Judge(summary);
        Assert.True(verdict.Passed);
        Assert.False(verdict.Second!.Passed);
    }

    [Fact]
    public void Errors_that_go_together_correlate()
    {
        var random = new Random(3);
        Assert.Equal(1, Correlation((face, error) => error), 0.01);
        Assert.Equal(0, Correlation((face, error) => random.NextDouble() * 5), 0.3);

        double Correlation(Func<FaceGazeRecord, double, double> of) => Summarise(face => face.Error is null ? face : Spread(face, of)).Second!.ErrorCorrelation!.Value;

        FaceGazeRecord Spread(FaceGazeRecord face, Func<FaceGazeRecord, double, double> of)
        {
            double error = 1 + (4 * random.NextDouble());
            return WithSecond(face, 0, 0) with { Error = error, SecondError = of(face, error) };
        }
    }

    [Fact]
    public void Without_a_second_there_is_nothing_to_say() => Assert.Null(new GazeTally(Header(null)).Summarise().Second);

    /// <summary>The face with a second opinion that reads the pitch higher.</summary>
    internal static FaceGazeRecord WithSecond(FaceGazeRecord face, double onSource, double onOutput)
    {
        EyesRecord source = Add(face.Source!, onSource), output = Add(face.Output!, onOutput);
        double? error = face.Error is null ? null
            : Math.Round(GazeAngles.AngularError(Angles(source.Second!), Angles(output.Second!)) * 180 / Math.PI, 3);
        return face with { Source = source, Output = output, SecondError = error };

        static EyesRecord Add(EyesRecord eyes, double up) => eyes.Yaw is null ? eyes : eyes with { Second = new(eyes.Yaw.Value, eyes.Pitch!.Value + up, 0.7) };

        static GazeAngles Angles(SecondGaze gaze) => GazeAngles.FromDegrees(gaze.Yaw, gaze.Pitch);
    }

    private static GazeSummary Summarise(Func<FaceGazeRecord, FaceGazeRecord> change)
    {
        var tally = new GazeTally(Header(new("other", [])));
        for (int i = 0; i < 100; i++)
        {
            FaceGazeRecord face = GazeReportTests.Face(1, i);
            double yaw = 10 * Math.Sin(i / 8.0);
            face = face.Error is null ? face : face with { Source = face.Source! with { Yaw = yaw }, Output = face.Output! with { Yaw = yaw + 1.5 } };
            tally.Add(new(i, i, "1/30", i / 30.0, [change(face)]));
        }

        return tally.Summarise();
    }

    private static GazeReportHeader Header(SecondEstimator? second) =>
        GazeReportHeader.For(new GazeSetup("stand-in", [], new GazeOptions(), second), "measure", "a", "b", provenance: null);
}
