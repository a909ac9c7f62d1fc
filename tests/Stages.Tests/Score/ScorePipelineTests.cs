using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Score;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Score;

/// <summary>
/// The benchmark against what it must say: the true swap is perfect but for the estimators' own floor, doing nothing is clearly worse, and the shipped generator lies between.
/// On the first second of talk.mp4, which holds one blink (frames 14 to 16).
/// </summary>
public sealed class ScorePipelineTests : IDisposable
{
    private const double End = 1;
    private const int Frames = 30;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_true_swap_is_perfect_but_for_the_estimators_floor_and_no_swap_is_clearly_worse()
    {
        ScoreResult result = await RunAsync(Options(SharedAssets.Sample("talk.swapped-truth.mp4")) with { PerFramePath = folder["frames.ndjson"] });
        PairScore score = result.Score;
        Assert.Empty(result.Notes);
        Assert.Empty(score.Absent);
        Assert.Equal(new FrameCounts(Frames, Frames, Frames, 0, 0, 0, 0), score.Frames);

        VideoScore swap = score.Output, nothing = score.NoSwap!;
        Assert.Equal((Frames, 0), (swap.Faces, swap.FacesMissed));
        Assert.Equal((1, 0), (swap.Face!.Ssim.Mean, swap.Face.MeanAbsolute.Mean));
        Assert.Equal(1, swap.Face.HaarPsi.Mean, 1e-5);
        Assert.Equal((1, 0), (swap.Eyes!.Ssim.Mean, swap.Eyes.MeanAbsolute.Mean));
        Assert.Equal(0, swap.Flicker!.P95);
        Assert.Equal(Frames - 1, swap.Flicker.Count);
        Assert.Equal(0, swap.Seam!.P95);
        Assert.Equal((0, 0, 0), (swap.Gaze.ToTrueSwap!.P95, swap.LandmarksToTrueSwap!.P95, swap.PoseToTrueSwap!.P95));
        Assert.Equal(1, swap.Identity!.ToTrueSwap!.Mean, 1e-4);
        Assert.Equal(1, swap.Identity.Nearer);
        Assert.Equal((1, 1, 1, 0, 0), (swap.Blinks.True, swap.Blinks.Seen, swap.Blinks.Kept, swap.Blinks.Missed, swap.Blinks.Invented));

        // The floors of the networks themselves; docs/score.md has the figures for the whole clip.
        Assert.InRange(swap.Gaze.Error!.Median, 0.5, 7);
        Assert.InRange(swap.Landmarks!.Median, 0.005, 0.05);
        Assert.InRange(swap.Irises!.Median, 0.002, 0.03);
        Assert.InRange(swap.Pose!.Median, 0.5, 8);

        // The true swap scored as output and as floor is one and the same.
        Assert.Equal(JsonSerializer.Serialize(score.TrueSwap), JsonSerializer.Serialize(swap));

        Assert.InRange(nothing.Face!.Ssim.Mean, 0, 0.9);
        Assert.InRange(nothing.Face.HaarPsi.Mean, 0, 0.7);
        Assert.InRange(nothing.Face.MeanAbsolute.Mean, 10, 255);
        Assert.InRange(nothing.Flicker!.Mean, 0.2, 20);
        Assert.Equal(0, nothing.Identity!.Nearer);
        Assert.InRange(nothing.Identity.ToTrueSwap!.Mean, -1, 0.7);
        Assert.True(nothing.Identity.ToPhotos!.Mean < swap.Identity.ToPhotos!.Mean - 0.2);
        Assert.Equal(0, nothing.Seam!.P95);

        string[] lines = await File.ReadAllLinesAsync(folder["frames.ndjson"], TestContext.Current.CancellationToken);
        Assert.Equal(Frames + 1, lines.Length);
        using JsonDocument header = JsonDocument.Parse(lines[0]), frame = JsonDocument.Parse(lines[1]);
        Assert.Equal("videogaze.score-frames", header.RootElement.GetProperty("schema").GetString());
        Assert.Equal(1, frame.RootElement.GetProperty("output").GetProperty("face").GetProperty("ssim").GetDouble());
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_shipped_generator_lies_between_no_swap_and_the_true_swap()
    {
        string models = SharedAssets.Require("models");
        var range = new TimeRange(null, End);
        string output = folder["swapped.mp4"];
        CancellationToken token = TestContext.Current.CancellationToken;
        await SwapPipeline.RunAsync(
            new SwapPipelineOptions
            {
                Input = SharedAssets.Sample("talk.mp4"),
                Output = output,
                Identity = SharedAssets.Sample("identities/B"),
                ModelsFolder = models,
                Decode = new DecodeOptions(range),
                Encode = new EncodeOptions(Range: range),
                Gaze = null,
            },
            null,
            token,
            token);

        PairScore score = (await RunAsync(Options(output))).Score;
        VideoScore swap = score.Output, nothing = score.NoSwap!;
        TestContext.Current.TestOutputHelper?.WriteLine(ScoreTable.Of(score).ToText());
        Assert.Equal(Frames, score.Frames.Paired);
        Assert.InRange(swap.Face!.Ssim.Mean, nothing.Face!.Ssim.Mean, 0.99);
        Assert.InRange(swap.Eyes!.Ssim.Mean, nothing.Eyes!.Ssim.Mean, 0.99);
        Assert.InRange(swap.Face.MeanAbsolute.Mean, 1, nothing.Face.MeanAbsolute.Mean);
        Assert.InRange(swap.Identity!.ToTrueSwap!.Mean, nothing.Identity!.ToTrueSwap!.Mean + 0.1, 0.99);
        Assert.InRange(swap.Identity.ToPhotos!.Mean, nothing.Identity.ToPhotos!.Mean + 0.1, 0.99);
        Assert.Equal(1, swap.Identity.Nearer);
        Assert.True(swap.Flicker!.Mean > 0);
        Assert.True(swap.Seam!.Mean > 0);
    }

    [Fact]
    public async Task What_is_not_given_is_absent_with_a_reason_and_frames_that_differ_are_counted()
    {
        // Every second frame at half the size, without the files that stand beside the samples.
        string half = folder["half.mp4"], truth = folder["truth.ndjson"], trueSwap = folder["true.mp4"];
        SharedAssets.Require("models");
        File.Copy(SharedAssets.Sample("talk.truth.ndjson"), truth);
        File.Copy(SharedAssets.Sample("talk.swapped-truth.mp4"), trueSwap);
        await FfmpegAsync("-i", SharedAssets.Sample("talk.swapped-truth.mp4"), "-t", "1", "-vf", "fps=15,scale=640:-2", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "14", half);

        ScoreResult result = await RunAsync(Options(half) with { Truth = truth, TrueSwap = trueSwap, Identity = null });
        PairScore score = result.Score;
        Assert.Equal((Frames, 15, 15, 15, 0), (score.Frames.TrueSwap, score.Frames.Output, score.Frames.Paired, score.Frames.OutputMissing, score.Frames.OutputSurplus));
        Assert.Equal(["landmarks, irises", "seam, likeness to the target, no swap", "likeness to photos"], score.Absent.Select(absent => absent.Measure));
        Assert.Null(score.NoSwap);
        Assert.Null(score.Output.Landmarks);
        Assert.Null(score.Output.Irises);
        Assert.Null(score.Output.Seam);
        Assert.Null(score.Output.Flicker);
        Assert.Equal((640, 360), (score.Output.Width, score.Output.Height));
        Assert.Contains(result.Notes, note => note.Contains("15 of 30 frames", StringComparison.Ordinal));
        Assert.Contains(result.Notes, note => note.Contains("640x360", StringComparison.Ordinal));

        // The same pictures, only smaller: near the true swap in every measure.
        Assert.InRange(score.Output.Face!.Ssim.Mean, 0.85, 0.9999);
        Assert.InRange(score.Output.LandmarksToTrueSwap!.Median, 0, 0.02);
        Assert.InRange(score.Output.Gaze.ToTrueSwap!.Median, 0, 2.5);
    }

    [Fact]
    public async Task A_truth_of_somebody_else_and_an_existing_file_are_refused_with_a_sentence()
    {
        string output = SharedAssets.Sample("talk.swapped-truth.mp4");
        var nobody = await Assert.ThrowsAsync<UserFacingException>(() => RunAsync(Options(output) with { Person = "Z", PerFramePath = folder["frames.ndjson"] }));
        Assert.Equal(FailureKind.Usage, nobody.Kind);
        Assert.Contains("--person", nobody.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder[string.Empty]));

        await File.WriteAllTextAsync(folder["frames.ndjson"], string.Empty, TestContext.Current.CancellationToken);
        var exists = await Assert.ThrowsAsync<UserFacingException>(() => RunAsync(Options(output) with { PerFramePath = folder["frames.ndjson"] }));
        Assert.Equal(FailureKind.OutputExists, exists.Kind);

        var noPhotos = await Assert.ThrowsAsync<UserFacingException>(() => RunAsync(Options(output) with { Identity = folder["nowhere"] }));
        Assert.Equal(FailureKind.InputMissing, noPhotos.Kind);
        Directory.CreateDirectory(folder["empty"]);
        var empty = await Assert.ThrowsAsync<UserFacingException>(() => RunAsync(Options(output) with { Identity = folder["empty"] }));
        Assert.Equal(FailureKind.IdentityUnusable, empty.Kind);
    }

    private static ScorePipelineOptions Options(string output) => new()
    {
        Output = output,
        Truth = SharedAssets.Sample("talk.truth.ndjson"),
        TrueSwap = SharedAssets.Sample("talk.swapped-truth.mp4"),
        Identity = SharedAssets.Sample("identities/B"),
        ModelsFolder = SharedAssets.Require("models"),
        Decode = new DecodeOptions(new TimeRange(null, End)),
    };

    private static Task<ScoreResult> RunAsync(ScorePipelineOptions options) =>
        ScorePipeline.RunAsync(options, null, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);

    private static async Task FfmpegAsync(params string[] arguments)
    {
        using var ffmpeg = System.Diagnostics.Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);
        await ffmpeg.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
