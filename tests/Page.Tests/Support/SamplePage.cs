using VideoGaze.Faces.Gaze;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Page;
using VideoGaze.TestSupport;

namespace VideoGaze.Page.Tests.Support;

/// <summary>
/// Reports that no network is needed for: the true gaze of a sample clip, and an output that looks elsewhere by a known rule. The pictures are the clip's own.
/// </summary>
internal static class SamplePage
{
    /// <summary>Frames of two.mp4 that the report holds.</summary>
    public const int Frames = 120;

    /// <summary>The frame in which person 2 is off by most.</summary>
    public const int WorstFrame = 47;

    /// <summary>Degrees of it.</summary>
    public const double WorstError = 21.5;

    /// <summary>A report of the two people of two.mp4. Person 1 is off by 5 degrees to the right, always; person 2 by 0.5, and once by a lot.</summary>
    public static GazeReport Report(string sourceName = "two.mp4", string outputName = "two.mp4", int frames = Frames)
    {
        IReadOnlyList<TruthFrame> truth = GazeTruth.Read(SharedAssets.Sample("two.truth.ndjson"));
        GazeSetup setup = new("stand-in", [new ModelRecord("gaze", "stand-in.onnx", new string('a', 64))], new GazeOptions());
        GazeReportHeader header = GazeReportHeader.For(setup, "measure", sourceName, outputName, provenance: null) with
        {
            Floors = [new EstimatorFloor("performer clips", 192, 4.9, 4.5, 10.28, new(0.47, 1.01, 3.23), new(-2.26, 0.91, 4.0), 0.67)],
        };

        // A longer report than the clip goes round.
        List<FrameGazeRecord> records =
        [
            .. Enumerable.Range(0, frames).Select(i => new FrameGazeRecord(
                i, i * 512, "1/15360", Math.Round(i / 30.0, 6), [.. truth[i % truth.Count].Persons.Select((person, k) => Face(i, k, person))])),
        ];
        var tally = new GazeTally();
        records.ForEach(tally.Add);
        return new(header, records, tally.Summarise());
    }

    /// <summary>The same with a gate of 4 degrees: person 1 is flagged in frames 62 to 67, where it is off by more than elsewhere, person 2 repaired in 44 to 52, where only <see cref="WorstFrame"/> had been above.</summary>
    public static GazeReport Gated()
    {
        GazeReport report = Report();
        GazeReportHeader header = report.Header with { Gate = new(4, GateAction.Fallback) };
        List<FrameGazeRecord> records = [.. report.Frames.Select(frame => frame with { Faces = [.. frame.Faces.Select(face => Gate((int)frame.Frame, face))] })];
        var tally = new GazeTally(header);
        records.ForEach(tally.Add);
        return new(header, records, tally.Summarise());
    }

    /// <summary>Writes a page with the pictures of two.mp4, or without any.</summary>
    public static async Task<IReadOnlyList<string>> WriteAsync(GazeReport report, string path, bool hasPictures = true)
    {
        string clip = SharedAssets.Sample("two.mp4");
        await using FileStream file = File.Create(path);
        return await GazePage.WriteAsync(report, hasPictures ? new PageVideos(clip, clip, []) : PageVideos.None, file, null, TestContext.Current.CancellationToken);
    }

    private static FaceGazeRecord Face(int frame, int index, TruthPerson person)
    {
        double off = index == 0 ? 5 : frame == WorstFrame ? WorstError : 0.5;
        bool isShut = person.Blink;
        double yaw = person.Gaze.YawDegrees, pitch = person.Gaze.PitchDegrees;
        return new(
            index + 1,
            [person.Box.X, person.Box.Y, person.Box.Width, person.Box.Height],
            new HeadRecord(person.Head.Yaw * 180 / Math.PI, person.Head.Pitch * 180 / Math.PI, person.Head.Roll * 180 / Math.PI),
            Eyes(isShut, yaw, pitch, person.Openness),
            Eyes(isShut, yaw + off, pitch, person.Openness),
            isShut ? null : Math.Round(GazeAngles.AngularError(GazeAngles.FromDegrees(yaw, pitch), GazeAngles.FromDegrees(yaw + off, pitch)) * 180 / Math.PI, 3),
            isShut ? GazeSkip.EyesClosed : null);
    }

    private static FaceGazeRecord Gate(int frame, FaceGazeRecord face) => (face.Track, frame) switch
    {
        (1, >= 62 and <= 67) => face with { Gate = new(GateState.Flagged, null), Error = 7 },
        (2, >= 44 and <= 52) => face with { Gate = new(GateState.Repaired, face.Error), Error = 0.25, Output = face.Source },
        _ => face,
    };

    private static EyesRecord Eyes(bool isShut, double yaw, double pitch, double openness) =>
        new(isShut ? null : Math.Round(yaw, 3), isShut ? null : Math.Round(pitch, 3), [openness, openness], isShut, [0, 0], isShut ? 0 : 0.8);
}
