using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Score;

namespace VideoGaze.Stages.Tests.Score;

public sealed class ScoreMathsTests
{
    [Theory]
    [InlineData("0 1 2 3", "0 1 2 3", "0 1 2 3", 0)]
    [InlineData("0 1 2 3", "0 2", "0 - 2 -", 0)]
    [InlineData("0 1 2", "0 0.5 1 1.5 2", "0 1 2", 2)]
    [InlineData("0 1", "0 1 2 3", "0 1", 2)]
    [InlineData("0 1 2", "0.4 1.4 2.4", "0.4 1.4 2.4", 0)]
    [InlineData("0 1", "", "- -", 0)]
    [InlineData("5 6", "0 1 2", "- -", 3)]
    public async Task Every_moment_gets_the_frame_that_is_shown_then_and_the_others_are_counted(string moments, string frames, string expected, long surplus)
    {
        var all = new List<Moment>();
        var found = new List<string>();
        await using (var nearest = new NearestInTime<Moment>(Frames(frames, all).GetAsyncEnumerator(TestContext.Current.CancellationToken), frame => frame.Seconds, 0.45))
        {
            foreach (double moment in Numbers(moments))
            {
                using Moment? taken = await nearest.TakeAsync(moment);
                found.Add(taken is null ? "-" : FormattableString.Invariant($"{taken.Seconds}"));
            }

            await nearest.DrainAsync();
            Assert.Equal(surplus, nearest.Surplus);
        }

        Assert.Equal(expected, string.Join(' ', found));
        Assert.All(all, frame => Assert.Equal(1, frame.Disposals));
    }

    [Fact]
    public void A_line_is_found_with_its_bias_slope_and_spread()
    {
        var fit = new LineFit();
        for (int truth = -20; truth <= 20; truth++)
        {
            // 0.8 degrees a degree, 3 up, and half a degree to either side in turn.
            fit.Add(truth, (0.8 * truth) + 3 + (truth % 2 == 0 ? 0.5 : -0.5));
        }

        Assert.Equal(3, fit.Bias, 0.05);
        Assert.Equal(0.8, fit.Slope!.Value, 0.01);
        Assert.Equal(0.5, fit.Spread!.Value, 0.01);
    }

    [Fact]
    public void A_truth_that_does_not_vary_has_a_bias_and_no_slope()
    {
        var fit = new LineFit();
        for (int i = 0; i < 10; i++)
        {
            fit.Add(5, 7);
        }

        Assert.Equal(2, fit.Bias, 1e-9);
        Assert.Null(fit.Slope);
        Assert.Null(fit.Spread);
    }

    [Fact]
    public void Errors_fall_into_the_range_that_holds_them_and_a_bound_belongs_to_the_range_above()
    {
        var bins = new BinTally(-5, 5);
        bins.Add(-9, 1);
        bins.Add(-5, 2);
        bins.Add(4.9, 4);
        IReadOnlyList<BinScore> ranges = bins.Summarise();
        Assert.Equal([(null, -5), (-5, 5), (5, null)], ranges.Select(range => (range.From, range.To)));
        Assert.Equal(1, ranges[0].Error!.Mean);
        Assert.Equal(3, ranges[1].Error!.Mean);
        Assert.Null(ranges[2].Error);
    }

    [Fact]
    public void The_region_is_the_hull_of_the_landmarks_and_the_eyes_lie_in_it()
    {
        Vector2[] landmarks = Array.ConvertAll(CanonicalFace.Points, point => (2 * point) + new Vector2(100, 50));
        using FaceRegion region = FaceRegion.Of(landmarks, new Size(640, 480))!;
        double hull = Math.Abs(Polygon.SignedArea(Polygon.ConvexHull(landmarks)));
        Assert.InRange(Cv2.CountNonZero(region.Face), 0.98 * hull, 1.03 * hull);
        Assert.Equal(0, region.Bounds.Width % 2);
        Assert.Equal(0, region.Bounds.Height % 2);
        Assert.InRange(Cv2.CountNonZero(region.Eyes), 0.02 * hull, 0.2 * hull);
        using Mat outside = new();
        Cv2.Subtract(region.Eyes, region.Face, outside);
        Assert.Equal(0, Cv2.CountNonZero(outside));
        Assert.Null(FaceRegion.Of(Array.ConvertAll(landmarks, point => point + new Vector2(5000, 0)), new Size(640, 480)));
    }

    [Fact]
    public void A_table_of_pairs_gives_each_pair_the_same_weight_and_names_the_worst()
    {
        PairScore good = Pair(gaze: 2, ssim: 0.9f), bad = Pair(gaze: 6, ssim: 0.5f);
        ScoreTable table = ScoreTable.Of(good, bad);
        Assert.Equal(2, table.Pairs);
        ScoreRow gaze = table.Rows.Single(row => row.Measure == "gaze.mean");
        Assert.Equal((4, 6, 1), (gaze.Output, gaze.Worst, gaze.TrueSwap));
        ScoreRow ssim = table.Rows.Single(row => row.Measure == "face.ssim");
        Assert.Equal(0.7, ssim.Output, 1e-6);
        Assert.Equal(0.5, ssim.Worst, 1e-6);
        Assert.DoesNotContain(table.Rows, row => row.Measure == "seam");

        string[] lines = table.ToText().Split('\n');
        Assert.Contains("worst", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("gaze error, mean", StringComparison.Ordinal) && line.Contains("4.00", StringComparison.Ordinal) && line.Contains("6.00", StringComparison.Ordinal));
        Assert.DoesNotContain("worst", ScoreTable.Of(good).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_measure_that_is_named_twice_would_overwrite_itself() =>
        Assert.Equal(ScoreMeasure.All.Count, ScoreMeasure.All.Select(measure => measure.Id).Distinct().Count());

    private static PairScore Pair(float gaze, float ssim) => new(
        new ScoredPair("out.mp4", "true.mp4", null, "truth.ndjson", null, null, 0, null),
        new FrameCounts(1, 1, 1, 0, 0, 0, 0),
        Video(gaze, ssim),
        Video(1, 1),
        null,
        [],
        [],
        "none");

    private static VideoScore Video(float gaze, float ssim)
    {
        var tally = new VideoTally();
        tally.Add(0, new TruthScore(0, 0, 0, 1, true), new FaceScore { Found = true, Yaw = gaze, Pitch = 0, GazeError = gaze, Blink = false, Face = new(ssim, ssim, 0, 1) });
        return tally.Summarise(new(64, 64, Pipeline.Frames.PixelFormat.Yuv420P8), null);
    }

    private static IEnumerable<double> Numbers(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture));

    private static async IAsyncEnumerable<Moment> Frames(string times, List<Moment> all)
    {
        foreach (double time in Numbers(times))
        {
            await Task.Yield();
            var frame = new Moment(time);
            all.Add(frame);
            yield return frame;
        }
    }

    private sealed class Moment(double seconds) : IDisposable
    {
        public double Seconds => seconds;

        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
