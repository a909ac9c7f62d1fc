using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Floor;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Track;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Floor;

public sealed class FloorTests
{
    [Fact]
    public async Task A_worse_encoder_has_a_higher_floor_and_nothing_stays_rented()
    {
        var pool = new PixelPool();
        FootageFloor fine = await OfProcess(pool, crf: 12);
        FootageFloor coarse = await OfProcess(pool, crf: 45);
        Assert.Equal(0, pool.Leased);
        Assert.Equal((6, 1), (fine.Frames, fine.Runs));
        Assert.Equal("libx264 crf 45 ultrafast", coarse.Encoding);
        Assert.Equal(fine.Reblended, coarse.Reblended);
        Assert.InRange(fine.Reblended!.Mean, 0.01, 2);
        Assert.True(coarse.Encoded!.Mean > fine.Encoded!.Mean + 0.2, $"{coarse.Encoded.Mean} against {fine.Encoded.Mean}");
    }

    [Theory]
    [InlineData(300, 10, null, null, "15 in 3: 1.583 4.917 8.250 of 0.167")]
    [InlineData(120, 4, null, null, "6 in 1: 1.900 of 0.200")]
    [InlineData(12, 0.4, null, null, "4 in 1: 0.133 of 0.133")]
    [InlineData(3, 0.1, null, null, "3 in 1: 0.000 of 0.100")]
    [InlineData(300, 10, 4.0, 6.0, "4 in 1: 4.933 of 0.133")]
    public void Runs_of_neighbours_are_spread_over_the_range(long frames, double seconds, double? from, double? to, string expected)
    {
        MediaInfo media = new NewVideo(64, 64, new Rational(30, 1)).ToMediaInfo();
        media = media with { Video = media.Video with { FrameEstimate = frames, DurationSeconds = seconds } };
        IReadOnlyList<TimeRange> runs = SampledFrames.RunsOf(media, new(from, to));
        double length = runs[0].End!.Value - runs[0].Start!.Value;
        string starts = string.Join(' ', runs.Select(run => FormattableString.Invariant($"{run.Start:0.000}")));
        string found = FormattableString.Invariant($"{Math.Round(runs.Count * length * frames / seconds)} in {runs.Count}: {starts} of {length:0.000}");
        Assert.Equal(expected, found);
    }

    [Fact]
    public void What_cannot_be_sampled_has_no_runs() => Assert.Empty(SampledFrames.RunsOf(new NewVideo(64, 64, new Rational(30, 1)).ToMediaInfo(), TimeRange.All));

    private static async Task<FootageFloor> OfProcess(PixelPool pool, int crf)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var store = new ModelStore(Path.Combine(SharedAssets.RepositoryRoot, "models"), SharedAssets.Require("models"));
        FfmpegTools tools = FfmpegTools.Locate();
        MediaInfo media = await new MediaProbe(tools).ReadAsync(SharedAssets.Sample("talk.mp4"), token);
        using FacePerception perception = FacePerception.Open(store, pool);
        using GazeStage gaze = GazeStage.Open(store, new GazeOptions());
        using DetectStage detect = perception.Detect(media.Video.Color);
        var steps = new FloorSteps(detect, perception.Track(FaceChoice.All, null, media.Video.Color), perception.Align(media.Video.Color, AlignmentTemplate.Ffhq, 256));
        return (await new FloorRun(media, new(null, 4), pool, tools).OfProcessAsync(steps, new BlendOptions(), gaze, "out.mp4", new EncodeOptions(Crf: crf, Preset: "ultrafast"), token))!;
    }
}
