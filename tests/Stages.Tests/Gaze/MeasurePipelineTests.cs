using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Gaze;

public sealed class MeasurePipelineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("videogaze-measure-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_video_against_itself_has_no_error_and_keeps_its_blink()
    {
        // The first 0.7 s of talk.mp4 hold one blink (frames 14 to 16).
        string report = Path.Combine(folder, "self.ndjson");
        MeasurePipelineOptions options = Options("talk.mp4", source: "talk.mp4", end: 0.7) with { ReportPath = report };
        var progress = new Progress();
        MeasureResult result = await MeasurePipeline.RunAsync(options, progress, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);
        Assert.Equal(21, result.Gaze.Frames);
        Assert.Equal(21, result.Gaze.Faces);
        Assert.Equal(0, result.Gaze.Error!.Max);
        Assert.Equal(new BlinkStatistics(1, 1, 1, 0, 0), result.Gaze.Blinks);
        Assert.Equal(21, result.Gaze.Measured + result.Gaze.Skipped[GazeSkip.EyesClosed]);
        Assert.Empty(result.Notes);
        Assert.Equal(Enumerable.Range(1, 21).Select(i => (long)i), progress.Frames);
        GazeReport read = GazeReport.Read(report);
        Assert.Equal(21, read.Frames.Count);
        Assert.Equal("measure", read.Header.Command);
        Assert.Contains(read.Header.Models, model => model.Role == "detector");

        var refused = await Assert.ThrowsAsync<UserFacingException>(() => MeasurePipeline.RunAsync(options, null, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.OutputExists, refused.Kind);
    }

    [Fact]
    public async Task A_second_estimator_is_asked_and_the_footage_has_a_floor()
    {
        string report = Path.Combine(folder, "second.ndjson");
        MeasurePipelineOptions options = Options("talk.mp4", source: "talk.mp4", end: 0.7) with
        {
            ReportPath = report,
            Floor = true,
            Gaze = new() { Second = SharedAssets.Model("gaze-estimation-adas-0002_fp32.onnx") },
            Choices = new(Gaze: Path.Combine(SharedAssets.RepositoryRoot, "models", "eyes.onnx")),
        };
        GazeSummary summary = (await MeasurePipeline.RunAsync(options, null, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken)).Gaze;
        Assert.Equal("gaze-estimation-adas-0002", summary.Second!.Estimator);
        Assert.Equal(0, summary.Second.Error!.Max);
        Assert.InRange(summary.Second.Source!.Median, 0.2, 12);
        Assert.True(summary.Second.SameFindings);

        GazeReport read = GazeReport.Read(report);
        Assert.All(read.Frames, frame => Assert.Equal(frame.Faces[0].Source!.Yaw is null, frame.Faces[0].Source!.Second is null));
        Assert.NotEmpty(read.Header.Second!.Floors);
        Assert.Contains(read.Header.Models, model => model.Role == "second gaze");
        Assert.Equal(4, read.Header.FootageFloor!.Frames);
        Assert.Null(read.Header.FootageFloor.Reblended);
        Assert.InRange(summary.FootageFloor!.Own!.Mean, 0.01, 2);
    }

    [Fact]
    public async Task Two_persons_are_measured_against_their_truth_with_faces_found_by_the_detector()
    {
        MeasurePipelineOptions options = Options("two.mp4", null, end: 0.5) with { Truth = SharedAssets.Sample("two.truth.ndjson") };
        MeasureResult result = await MeasurePipeline.RunAsync(options, null, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);
        Assert.Equal(15, result.Gaze.Frames);
        Assert.Equal(30, result.Gaze.Faces);
        Assert.False(result.Gaze.Skipped.ContainsKey(GazeSkip.NoMatch));
        Assert.Equal([3, 4], result.Gaze.Tracks.Select(track => track.Track));
        Assert.InRange(result.Gaze.Error!.Median, 0.5, 12);
    }

    [Fact]
    public async Task A_video_without_faces_gives_a_report_that_says_so()
    {
        string video = SharedAssets.Require("real/videos/intel_bottle-detection.mp4");
        MeasurePipelineOptions options = Options(video, video, end: 0.5);
        MeasureResult result = await MeasurePipeline.RunAsync(options, null, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);
        Assert.Equal(0, result.Gaze.Faces);
        Assert.Null(result.Gaze.Error);
        Assert.Contains("shows no face", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measurement_that_is_stopped_keeps_what_it_has_and_one_that_is_aborted_nothing()
    {
        string report = Path.Combine(folder, "stopped.ndjson");
        MeasurePipelineOptions options = Options("talk.mp4", "talk.mp4", end: 2) with { ReportPath = report };
        using var stop = new CancellationTokenSource();
        MeasureResult stopped = await MeasurePipeline.RunAsync(options, new Progress(stop, 3), stop.Token, TestContext.Current.CancellationToken);
        Assert.True(stopped.StoppedEarly);
        Assert.InRange(stopped.Gaze.Frames, 3, 59);
        Assert.Equal(stopped.Gaze.Frames, GazeReport.Read(report).Summary!.Frames);
        File.Delete(report);

        using var abort = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MeasurePipeline.RunAsync(options, new Progress(abort, 3), TestContext.Current.CancellationToken, abort.Token));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Neither_two_videos_nor_a_truth_is_a_wrong_use()
    {
        var failure = await Assert.ThrowsAsync<UserFacingException>(() => MeasurePipeline.RunAsync(new MeasurePipelineOptions { Output = "a.mp4" }, null, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.Usage, failure.Kind);
    }

    private static MeasurePipelineOptions Options(string output, string? source, double end) => new()
    {
        Output = SharedAssets.Sample(output),
        Source = source is null ? null : SharedAssets.Sample(source),
        ModelsFolder = SharedAssets.Require("models"),
        Decode = new DecodeOptions(new TimeRange(null, end)),
    };

    private sealed class Progress(CancellationTokenSource? end = null, long after = 0) : IProgress<MeasureProgress>
    {
        public List<long> Frames { get; } = [];

        public void Report(MeasureProgress value)
        {
            Frames.Add(value.Frames);
            if (value.Frames == after)
            {
                end?.Cancel();
            }
        }
    }
}
