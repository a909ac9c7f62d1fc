using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Identity;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Likeness;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Track;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Likeness;

/// <summary>The measure against what it must say: a perfect swap is the person put in, a video that was not swapped is not. On the first half second of talk.mp4.</summary>
public sealed class LikenessPipelineTests : IDisposable
{
    private const double End = 0.5;
    private const int Frames = 15;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_true_swap_is_the_person_on_the_photos_in_every_frame()
    {
        LikenessResult result = await RunAsync(Options("talk.swapped-truth.mp4") with { PerFramePath = folder["frames.ndjson"] });

        LikenessSummary likeness = result.Likeness;
        Assert.Equal((Frames, Frames, 1), (likeness.Frames, likeness.Compared, likeness.Nearer));
        Assert.Empty(likeness.LeftOut);
        Assert.True(likeness.ToPhotos!.Mean > likeness.ToTarget!.Mean + 0.2, $"{likeness.ToPhotos.Mean} to the photos, {likeness.ToTarget.Mean} to the target");
        Assert.Equal(16, result.Pair.Photos);
        Assert.Contains(result.Models, model => model is { Role: "identity", File: "mobilefacenet_128.onnx" });
        Assert.Equal(Frames + 1, File.ReadLines(folder["frames.ndjson"]).Count());

        var exists = await Assert.ThrowsAsync<UserFacingException>(() => RunAsync(Options("talk.swapped-truth.mp4") with { PerFramePath = folder["frames.ndjson"] }));
        Assert.Equal(FailureKind.OutputExists, exists.Kind);
    }

    [Fact]
    public async Task A_video_that_was_not_swapped_is_the_target_in_every_frame()
    {
        LikenessSummary likeness = (await RunAsync(Options("talk.mp4"))).Likeness;

        Assert.Equal((Frames, 0), (likeness.Compared, likeness.Nearer));
        Assert.Equal(1, likeness.ToTarget!.Mean, 1e-4);
        Assert.Equal(likeness.TargetToPhotos!.Mean, likeness.ToPhotos!.Mean);
    }

    [Fact]
    public async Task Frames_without_a_partner_are_counted_and_lengths_that_differ_are_told()
    {
        // The target ends after a third of a second.
        string shorter = folder["shorter.mp4"];
        await FfmpegAsync("-i", SharedAssets.Sample("talk.mp4"), "-frames:v", "10", "-an", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", shorter);

        LikenessResult result = await RunAsync(Options("talk.swapped-truth.mp4") with { Target = shorter });

        Assert.Equal((Frames, 10, 1), (result.Likeness.Frames, result.Likeness.Compared, result.Likeness.Nearer));
        Assert.Equal([new(LikenessSkip.NoFrame, 5)], result.Likeness.LeftOut);
        Assert.Contains(result.Notes, note => note.Contains("shorter.mp4 0.33 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_people_all_or_the_one_on_a_photo_are_compared()
    {
        // The photo shows D, who stands on the right.
        string photo = folder["d.png"];
        await FfmpegAsync("-ss", "3", "-i", SharedAssets.Sample("two.mp4"), "-vf", "crop=iw/2:ih:iw/2:0", "-frames:v", "1", photo);
        LikenessPipelineOptions options = Options("two.mp4") with { Target = SharedAssets.Sample("two.mp4"), Identity = photo };

        LikenessSummary all = (await RunAsync(options with { Faces = FaceChoice.All })).Likeness;
        LikenessResult one = await RunAsync(options with { Faces = FaceChoice.Reference, ReferencePhoto = photo });

        Assert.Equal((Frames, 2 * Frames), (all.Frames, all.Compared));
        Assert.Equal((Frames, Frames), (one.Likeness.Frames, one.Likeness.Compared));
        Assert.InRange(one.Likeness.ToPhotos!.P05, SamePerson.Usual, 1);
        Assert.True(all.ToPhotos!.P05 < one.Likeness.ToPhotos.P05 - 0.1);
        Assert.Contains(one.Notes, note => note.Contains("if it is the same person", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_missing_is_refused_with_a_sentence()
    {
        await RefusedAsync(FailureKind.InputMissing, Options("talk.mp4") with { Target = folder["nowhere.mp4"] });
        await RefusedAsync(FailureKind.InputMissing, Options("talk.mp4") with { Identity = folder["nowhere"] });
        Directory.CreateDirectory(folder["empty"]);
        await RefusedAsync(FailureKind.IdentityUnusable, Options("talk.mp4") with { Identity = folder["empty"] });
        await RefusedAsync(FailureKind.Usage, Options("talk.mp4") with { Faces = FaceChoice.Reference });

        async Task RefusedAsync(FailureKind kind, LikenessPipelineOptions options)
        {
            var refused = await Assert.ThrowsAsync<UserFacingException>(() => RunAsync(options));
            Assert.Equal(kind, refused.Kind);
            Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        }
    }

    private static LikenessPipelineOptions Options(string output) => new()
    {
        Output = SharedAssets.Sample(output),
        Target = SharedAssets.Sample("talk.mp4"),
        Identity = SharedAssets.Sample("identities/B"),
        ModelsFolder = Path.GetDirectoryName(SharedAssets.Model("mobilefacenet_128.onnx")),
        Decode = new DecodeOptions(new TimeRange(null, End)),
    };

    private static Task<LikenessResult> RunAsync(LikenessPipelineOptions options) =>
        LikenessPipeline.RunAsync(options, null, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);

    private static async Task FfmpegAsync(params string[] arguments)
    {
        using var ffmpeg = System.Diagnostics.Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);
        await ffmpeg.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
