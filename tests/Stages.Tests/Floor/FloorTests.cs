using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Decode;
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
    [InlineData(300, 10, null, null, "5 at 1.583 from 0.750, 5 at 4.917 from 4.083, 5 at 8.250 from 7.417")]
    [InlineData(120, 4, null, null, "6 at 1.900 from 0.900")]
    [InlineData(12, 0.4, null, null, "4 at 0.133 from 0.033")]
    [InlineData(3, 0.1, null, null, "3 at 0.000 from 0.000")]
    [InlineData(300, 10, 4.0, 6.0, "4 at 4.933 from 4.433")]
    [InlineData(5400, 180, null, null, "10 at 29.833 from 27.833, 10 at 89.833 from 87.833, 10 at 149.833 from 147.833")]
    public void Runs_of_neighbours_are_spread_over_the_range(long frames, double seconds, double? from, double? to, string expected)
    {
        MediaInfo media = new NewVideo(64, 64, new Rational(30, 1)).ToMediaInfo();
        media = media with { Video = media.Video with { FrameEstimate = frames, DurationSeconds = seconds } };
        IReadOnlyList<SampledRun> runs = SampledFrames.RunsOf(media, new(from, to));
        Assert.Equal(expected, string.Join(", ", runs.Select(run => FormattableString.Invariant($"{run.Frames} at {run.Place:0.000} from {run.Within.Start:0.000}"))));
        Assert.All(runs, run => Assert.Equal(to ?? seconds, run.Within.End));
    }

    [Fact]
    public async Task Runs_begin_at_key_frames_where_there_are_some_near()
    {
        // talk.mp4 has a key frame every 2 s: that of 0 s lies too far before the first place, the others do not.
        CancellationToken token = TestContext.Current.CancellationToken;
        FfmpegTools tools = FfmpegTools.Locate();
        MediaInfo media = await new MediaProbe(tools).ReadAsync(SharedAssets.Sample("talk.mp4"), token);
        List<(long Index, double Seconds)> read = [];
        await foreach (VideoFrame frame in new SampledFrames(media, new PixelPool(), tools, SampledFrames.RunsOf(media, TimeRange.All)).ReadAsync(token))
        {
            using (frame)
            {
                read.Add((frame.Stamp.Index, Math.Round(frame.Stamp.Seconds * 30)));
            }
        }

        Assert.Equal(Enumerable.Range(0, 15).Select(i => (long)i), read.Select(frame => frame.Index));
        Assert.Equal([23, 24, 25, 26, 27, 123, 124, 125, 126, 127, 240, 241, 242, 243, 244], read.Select(frame => frame.Seconds));
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
        var steps = new FaceSteps(detect, perception.Track(FaceChoice.All, null, media.Video.Color), perception.Align(media.Video.Color, AlignmentTemplate.Ffhq, 256));
        return (await new FloorRun(media, new(null, 4), pool, tools).OfProcessAsync(steps, new BlendOptions(), gaze, "out.mp4", new EncodeOptions(Crf: crf, Preset: "ultrafast"), token))!;
    }
}
