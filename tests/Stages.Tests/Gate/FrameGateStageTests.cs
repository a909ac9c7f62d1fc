using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Gate;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Tests.Report;

namespace VideoGaze.Stages.Tests.Gate;

public sealed class FrameGateStageTests
{
    [Fact]
    public async Task Flag_marks_what_is_above_and_nothing_else()
    {
        var stage = new FrameGateStage(new(5, GateAction.Flag));
        FrameGazeRecord marked = await Run(stage, Frame(7, Face(1, 5.001), Face(2, 5), Face(3, null)));
        Assert.Equal([GateState.Flagged, null, null], marked.Faces.Select(face => face.Gate?.State));
        FrameGazeRecord sound = Frame(8, Face(1, 4));
        Assert.Same(sound, await Run(stage, sound));
    }

    [Fact]
    public async Task Fail_names_the_frame_the_person_and_what_to_do()
    {
        var stage = new FrameGateStage(new(5, GateAction.Fail));
        await Run(stage, Frame(6, Face(1, 4.9)));
        var failure = await Assert.ThrowsAsync<UserFacingException>(() => Run(stage, Frame(7, Face(1, 6), Face(2, 9.04))));
        Assert.Equal(FailureKind.GazeAboveLimit, failure.Kind);
        Assert.Contains("Frame 7 (at 0.233 s)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("9.0 for person 2", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--gate", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GazeSkip.EyesClosed)]
    [InlineData(GazeSkip.LowConfidence)]
    [InlineData(GazeSkip.Profile)]
    [InlineData(GazeSkip.NoEyes)]
    public async Task What_could_not_be_measured_is_no_reason_to_fail(GazeSkip reason)
    {
        FrameGazeRecord frame = Frame(0, Face(1, null) with { Skipped = reason });
        Assert.Same(frame, await Run(new FrameGateStage(new(0, GateAction.Fail)), frame));
    }

    [Fact]
    public void The_summary_counts_faces_and_joins_frames()
    {
        var header = GazeReportHeader.For(new GazeSetup("stand-in", [], new GazeOptions()), "process", "a", "b", provenance: true);
        var tally = new GazeTally(header with { Gate = new(5, GateAction.Fallback) });
        FaceGate repaired = new(GateState.Repaired, 9);
        tally.Add(Frame(0, Face(1, 2)));
        tally.Add(Frame(1, Face(1, 1) with { Gate = repaired }));
        tally.Add(Frame(2, Face(1, 6) with { Gate = repaired with { Before = 4 } }, Face(2, 8) with { Gate = new(GateState.Flagged, null) }));
        tally.Add(Frame(3, Face(1, null) with { Gate = repaired with { Before = null } }));
        tally.Add(Frame(4, Face(1, 3)));
        tally.Add(Frame(5, Face(2, 8) with { Gate = new(GateState.Flagged, null) }));

        GateSummary gate = tally.Summarise().Gate!;
        Assert.Equal((5.0, GateAction.Fallback), (gate.Limit, gate.Action));
        Assert.Equal((3, 3, 3), (gate.Above, gate.Repaired, gate.StillAbove));
        Assert.Equal((2, 6.5), (gate.Before!.Count, gate.Before.Mean));
        Assert.Equal((2, 3.5), (gate.After!.Count, gate.After.Mean));
        Assert.Equal([[1, 3], [5, 5]], gate.Frames);
    }

    private static FrameGazeRecord Frame(long index, params FaceGazeRecord[] faces) => new(index, index, "1/30", Math.Round(index / 30.0, 6), faces);

    private static FaceGazeRecord Face(int track, double? error) => GazeReportTests.Face(track, 0) with { Error = error };

    private static Task<FrameGazeRecord> Run(FrameGateStage stage, FrameGazeRecord frame) => stage.ProcessAsync(frame, TestContext.Current.CancellationToken).AsTask();
}
