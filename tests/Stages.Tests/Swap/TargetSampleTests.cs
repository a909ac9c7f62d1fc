using System.Numerics;
using System.Security.Cryptography;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Swap;
using VideoGaze.Stages.Track;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Swap;

public sealed class TargetSampleTests
{
    [Theory]
    [InlineData(300, 10d, null, null, "8: 0.575 to 9.325")]
    [InlineData(300, 10d, 2d, 3d, "8: 2.013 to 2.888")]
    [InlineData(12, 0.4, null, null, "4: 0.000 to 0.300")]
    [InlineData(2, 0.0667, null, null, "1: 0.000 to 0.000")]
    [InlineData(null, 10d, null, null, "8: 0.000 to 8.750")]
    [InlineData(300, 10d, 20d, null, "0")]
    [InlineData(null, null, null, null, "0")]
    public void Runs_are_spread_over_what_will_be_swapped(int? frames, double? seconds, double? from, double? to, string expected)
    {
        MediaInfo media = new NewVideo(64, 64, new Rational(30, 1)).ToMediaInfo();
        media = media with { Video = media.Video with { FrameEstimate = frames, DurationSeconds = seconds } };
        IReadOnlyList<SampledRun> runs = SampledFrames.SpreadOver(media, new(from, to), 8, 3);
        Assert.Equal(expected, runs.Count == 0 ? "0" : FormattableString.Invariant($"{runs.Count}: {runs[0].Place:0.000} to {runs[^1].Place:0.000}"));
        Assert.All(runs, run => Assert.Equal(3, run.Frames));
    }

    [Fact]
    public async Task The_face_that_will_be_replaced_is_seen_in_places_all_over_the_video()
    {
        PixelPool pool = new();
        IReadOnlyList<FaceMesh> seen = await LookAsync(pool, TimeRange.All, CancellationToken.None);

        Assert.Equal(24, seen.Count);
        Assert.All(seen, mesh => Assert.True(mesh.Score > 0.5f));

        // The person talks: lips are not where they were.
        Assert.True(seen.Max(Gap) > seen.Min(Gap) + 2, $"lips {seen.Min(Gap):0.0} to {seen.Max(Gap):0.0} px apart");
        Assert.Equal(0, pool.Leased);

        static float Gap(FaceMesh mesh) => Vector2.Distance(mesh.At(13), mesh.At(14));
    }

    [Fact]
    public async Task Who_stops_a_run_early_is_not_kept_waiting_and_loses_nothing() =>
        Assert.Empty(await LookAsync(new PixelPool(), TimeRange.All, new CancellationToken(canceled: true)));

    [Fact]
    public async Task A_swap_knows_whom_it_replaces_unless_it_replaces_everybody()
    {
        // talk.mp4 shows one person, who is replaced either way: what differs is whether the generator was told who it is.
        using TemporaryFolder folder = new();
        string largest = await SwapAsync(FaceChoice.Largest), again = await SwapAsync(FaceChoice.Largest), all = await SwapAsync(FaceChoice.All);
        Assert.Equal(largest, again);
        Assert.NotEqual(largest, all);

        async Task<string> SwapAsync(FaceChoice faces)
        {
            CancellationToken token = TestContext.Current.CancellationToken;
            var range = new TimeRange(null, 0.1);
            SwapPipelineOptions options = new()
            {
                Input = SharedAssets.Sample("talk.mp4"),
                Output = folder[$"{Guid.NewGuid()}.mp4"],
                Identity = SharedAssets.Sample("identities/B"),
                Choices = ModelChoices.None with { Generator = Path.Combine(SharedAssets.RepositoryRoot, "models", "swap.onnx") },
                Faces = faces,
                Decode = new DecodeOptions(range),
                Encode = new EncodeOptions(Range: range),
                Gaze = null,
            };
            await SwapPipeline.RunAsync(options, null, token, token);
            FfmpegTools tools = FfmpegTools.Locate();
            MediaInfo made = await new MediaProbe(tools).ReadAsync(options.Output, token);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            int frames = 0;
            await foreach (VideoFrame frame in new VideoSource(made, new PixelPool(), tools, new DecodeOptions()).ReadAsync(token))
            {
                using (frame)
                {
                    frames++;
                    hash.AppendData(frame.Pixels.Bytes);
                }
            }

            Assert.Equal(3, frames);
            return Convert.ToHexString(hash.GetHashAndReset());
        }
    }

    private static async Task<IReadOnlyList<FaceMesh>> LookAsync(PixelPool pool, TimeRange range, CancellationToken stop)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        ModelStore store = new(Path.Combine(SharedAssets.RepositoryRoot, "models"));
        FfmpegTools tools = FfmpegTools.Locate();
        MediaInfo media = await new MediaProbe(tools).ReadAsync(SharedAssets.Sample("talk.mp4"), token);
        using FacePerception perception = FacePerception.Open(store, pool);
        using DetectStage detect = perception.Detect(media.Video.Color);
        FaceSteps steps = new(detect, perception.Track(FaceChoice.Largest, null, media.Video.Color), perception.Align(media.Video.Color, AlignmentTemplate.DflWholeFace, 64));
        return await TargetSample.ReadAsync(media, range, pool, tools, steps, stop, token);
    }
}
