using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Calibrate;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Calibrate;

public sealed class CalibratePipelineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_way_to_measure_is_calibrated_on_pictures_and_clips_alike()
    {
        string labels = await LabelsAsync(12);
        CalibrateResult result = await RunAsync(labels, SharedAssets.Sample("talk.truth.ndjson"));

        // The shipped network, and the other with mesh and iris network, with and without the mirror, on two sets and on both together.
        Assert.Equal(15, result.Rows.Count);
        Assert.Equal(["labels.ndjson", "talk.mp4", "all"], result.Rows.Select(row => row.Set).Distinct());
        Assert.All(result.Rows, row => Assert.Equal(row.Faces, row.Missed + row.Skipped + (row.Error?.Count ?? 0)));
        GazeCalibration clip = result.Rows.Single(row => row is { Estimator: "gaze-estimation-adas-0002", Set: "talk.mp4", Eyes: OutputEyes.Mesh, AverageMirror: true });
        Assert.Equal((5, 0), (clip.Faces, clip.Missed));
        Assert.InRange(clip.Error!.Median, 0.3, 8);
        Assert.InRange(clip.Noise!.Median, 0.01, 4);
        GazeCalibration pictures = result.Rows.Single(row => row is { Estimator: "gaze-estimation-adas-0002", Set: "labels.ndjson", Eyes: OutputEyes.Mesh, AverageMirror: true });
        GazeCalibration all = result.Rows.Single(row => row is { Estimator: "gaze-estimation-adas-0002", Set: "all", Eyes: OutputEyes.Mesh, AverageMirror: true });
        Assert.Equal(12, pictures.Faces);
        Assert.InRange(pictures.Error!.Median, 0.3, 15);
        Assert.Equal(clip.Faces + pictures.Faces, all.Faces);
        Assert.Equal(all.Error!.Count, all.ByHeadYaw.Sum(bin => bin.Error?.Count ?? 0));

        string table = CalibrationTable.ToMarkdown(result.Rows);
        Assert.Contains("| talk.mp4 | gaze-estimation-adas-0002 | mesh | yes |", table, StringComparison.Ordinal);
        Assert.Contains("| talk.mp4 | videogaze-eyes | mesh | no |", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_without_their_pictures_and_files_that_are_no_labels_are_named()
    {
        await File.WriteAllTextAsync(folder["labels.ndjson"], """{"file":"gone.jpg","intrinsics_px":[1,1,1,1],"persons":[]}""", TestContext.Current.CancellationToken);
        await AssertFailsAsync(FailureKind.InputMissing, "gone.jpg", folder["labels.ndjson"]);
        await File.WriteAllTextAsync(folder["words.ndjson"], "{\"words\":1}", TestContext.Current.CancellationToken);
        await AssertFailsAsync(FailureKind.InputUnreadable, "Line 1", folder["words.ndjson"]);
        await AssertFailsAsync(FailureKind.InputMissing, "nowhere", folder["nowhere.ndjson"]);
    }

    [Fact]
    public void A_report_quotes_the_floor_of_a_calibrated_estimator_and_of_no_other()
    {
        string path = SharedAssets.Model("gaze-estimation-adas-0002_fp32.onnx");
        using OnnxSession network = OnnxSession.Load(path);
        var setup = new GazeSetup("gaze-estimation-adas-0002", [new ModelRecord("gaze", network.FileName, network.Sha256)], new GazeOptions { OutputEyes = OutputEyes.IrisNetwork });
        IReadOnlyList<EstimatorFloor> process = EstimatorFloors.Of(setup), measure = EstimatorFloors.Of(setup with { Options = new GazeOptions { OutputEyes = OutputEyes.Mesh } });
        Assert.Equal(["performer clips", "performer pictures"], process.Select(floor => floor.Set));
        Assert.NotEqual(process, measure);
        Assert.All(process, floor => Assert.InRange(floor.Median, 1, 15));
        Assert.Equal(process, GazeReportHeader.For(setup, "process", null, null, null).Floors);

        // The shipped network finds the eyes of swapped faces itself and is never averaged over the mirror: one calibration for both commands.
        using OnnxSession shipped = OnnxSession.Load(Path.Combine(SharedAssets.RepositoryRoot, "models", "eyes.onnx"));
        var eyes = new GazeSetup("videogaze-eyes", [new ModelRecord("gaze", shipped.FileName, shipped.Sha256)], new GazeOptions { AverageMirror = false });
        IReadOnlyList<EstimatorFloor> ours = EstimatorFloors.Of(eyes);
        Assert.Equal(["performer clips", "performer pictures"], ours.Select(floor => floor.Set));
        Assert.Equal(ours, EstimatorFloors.Of(eyes with { Options = eyes.Options with { OutputEyes = OutputEyes.Mesh } }));
        Assert.Empty(EstimatorFloors.Of(setup with { Models = [new ModelRecord("gaze", "other.onnx", new string('0', 64))] }));
    }

    private static async Task AssertFailsAsync(FailureKind kind, string named, string set)
    {
        var failure = await Assert.ThrowsAsync<UserFacingException>(() => RunAsync(set));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>The first held-out pictures, by absolute paths.</summary>
    private async Task<string> LabelsAsync(int count)
    {
        string heldOut = SharedAssets.Require("performers/train/labels-heldout.ndjson");
        IEnumerable<string> lines = File.ReadLines(heldOut).Take(count).Select(line => line.Replace("\"file\":\"", $"\"file\":\"{Path.GetDirectoryName(heldOut)}/", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(folder["labels.ndjson"], lines, TestContext.Current.CancellationToken);
        return folder["labels.ndjson"];
    }

    private static Task<CalibrateResult> RunAsync(params string[] sets) => CalibratePipeline.RunAsync(
        new CalibratePipelineOptions
        {
            Sets = sets,
            ModelsFolder = SharedAssets.Require("models"),
            Estimators = [SharedAssets.Model("gaze-estimation-adas-0002_fp32.onnx"), Path.Combine(SharedAssets.RepositoryRoot, "models", "eyes.onnx")],
            Every = 60,
        },
        null,
        TestContext.Current.CancellationToken,
        TestContext.Current.CancellationToken);
}
