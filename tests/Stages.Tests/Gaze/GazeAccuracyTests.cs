using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Gaze;

/// <summary>The gaze branch against rendered people whose gaze is known. Bounds are what was measured plus a quarter; docs/gaze.md has the figures.</summary>
public sealed class GazeAccuracyTests(ITestOutputHelper output)
{
    private const string Adas = "gaze-estimation-adas-0002_fp32.onnx";
    private const string Eyes = "eyes.onnx";

    [Theory]
    [InlineData(Adas, "sweep.mp4", 240, 8, 3.6)]
    [InlineData(Adas, "talk.mp4", 240, 8, 3.3)]
    [InlineData(Adas, "two.mp4", 120, 6, 9.1)]
    [InlineData(Adas, "edges.mp4", 102, 3, 4.0)]
    [InlineData(Eyes, "sweep.mp4", 240, 8, 2.8)]
    [InlineData(Eyes, "talk.mp4", 240, 8, 5.7)]
    [InlineData(Eyes, "two.mp4", 120, 6, 4.9)]
    [InlineData(Eyes, "edges.mp4", 102, 3, 5.7)]
    public async Task Measured_gaze_is_near_the_truth(string network, string clip, int count, int step, double medianBound)
    {
        string path = SharedAssets.Require("performers/clips/" + clip);
        using var reader = new RenderedClip();
        IReadOnlyList<TruthFrame> truth = GazeTruth.Read(RenderedClip.Truth(path));
        using GazeComparison comparison = GazeComparison.Open(Store(), new GazeOptions { FocalRatio = truth[0].FocalRatio }, Estimator(network));
        var tally = new GazeTally();
        await foreach ((VideoFrame frame, ColorSpec color, TruthFrame known) in reader.ReadAsync(path, count, step, TestContext.Current.CancellationToken))
        {
            using SightedFrame sighted = reader.Sight(frame, color, known);
            tally.Add(comparison.Compare(known, sighted));
        }

        GazeSummary summary = tally.Summarise();
        output.WriteLine($"{network} {clip}: {summary.Error} {summary.Bias}, skipped {string.Join(' ', summary.Skipped)}");
        Assert.InRange(summary.Measured, 12, long.MaxValue);
        Assert.InRange(summary.Error!.Median, 0, medianBound);
    }

    [Theory]
    [InlineData(Adas, 6)]
    [InlineData(Eyes, 7.6)]
    public async Task An_unchanged_face_has_next_to_no_error_and_a_true_swap_only_the_estimators_noise(string network, double medianBound)
    {
        // Frames 0 to 23 of talk.mp4 hold one blink (14 to 16).
        GazeSummary self = await CompareAsync(network, "talk.mp4", 24);
        GazeSummary swap = await CompareAsync(network, "talk.swapped-truth.mp4", 24);
        output.WriteLine($"unchanged: {self.Error} {self.Bias} {self.Blinks}");
        output.WriteLine($"true swap: {swap.Error} {swap.Bias} {swap.Blinks}");
        Assert.InRange(self.Error!.Median, 0, 2);
        Assert.InRange(swap.Error!.Median, self.Error.Median, medianBound);
        Assert.Equal(new BlinkStatistics(1, 1, 1, 0, 0), self.Blinks);
        Assert.Equal(new BlinkStatistics(1, 1, 1, 0, 0), swap.Blinks);
    }

    [Theory]
    [InlineData(Adas)]
    [InlineData(Eyes)]
    public async Task Eyes_that_stay_open_through_a_blink_are_a_missed_blink(string network)
    {
        // The output shows frame 0 all the time: open eyes that stare.
        GazeSummary stare = await CompareAsync(network, "talk.mp4", 24, stare: true);
        Assert.Equal(1, stare.Blinks.Missed);
        Assert.Equal(0, stare.Blinks.Invented);
        Assert.InRange(stare.Skipped[GazeSkip.EyesClosed], 2, 6);
    }

    /// <summary>talk.mp4 through the gaze branch as process runs it, against another clip of the same frames.</summary>
    private static async Task<GazeSummary> CompareAsync(string network, string output, int count, bool stare = false)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using var reader = new RenderedClip();
        using GazeStage stage = GazeStage.Open(Store(), new GazeOptions(), Estimator(network));
        Assert.Equal(network == Eyes ? OutputEyes.GazeNetwork : OutputEyes.IrisNetwork, stage.Setup.Options.OutputEyes);
        var tally = new GazeTally();
        PixelBuffer? first = null;
        await using var others = reader.ReadAsync(SharedAssets.Require("performers/clips/" + output), count, 1, token).GetAsyncEnumerator(token);
        await foreach ((VideoFrame frame, ColorSpec color, TruthFrame known) in reader.ReadAsync(SharedAssets.Require("performers/clips/talk.mp4"), count, 1, token))
        {
            Assert.True(await others.MoveNextAsync());
            using SightedFrame sighted = reader.Sight(frame, color, known);
            SightedFace face = sighted.Faces[0];
            SimilarityTransform toCrop = GazeCrop.TransformFor(face.Mesh, stage.Region);
            PixelBuffer before = reader.Pool.Rent(GazeCrop.SpecOf(stage.Region));
            PixelBuffer after = reader.Pool.Rent(GazeCrop.SpecOf(stage.Region));
            FramePixels.WarpToBgr(frame.Pixels, color, toCrop, before);
            FramePixels.WarpToBgr(others.Current.Frame.Pixels, others.Current.Color, toCrop, after);
            if (stare)
            {
                first ??= Copy(reader.Pool, after);
                first.Bytes.CopyTo(after.Bytes);
            }

            tally.Add(await stage.ProcessAsync(
                new GazeJob(frame.Stamp, [new BlendedFace(face.Track, face.Mesh, new GazeCrops(toCrop, before, after), known.Width, known.Height)]),
                token));
        }

        first?.Dispose();
        return tally.Summarise();
    }

    private static PixelBuffer Copy(PixelPool pool, PixelBuffer from)
    {
        PixelBuffer copy = pool.Rent(from.Spec);
        from.Bytes.CopyTo(copy.Bytes);
        return copy;
    }

    private static string Estimator(string network) =>
        network == Eyes ? Path.Combine(SharedAssets.RepositoryRoot, "models", Eyes) : SharedAssets.Model(network);

    private static ModelStore Store() => new(SharedAssets.Require("models"));
}
