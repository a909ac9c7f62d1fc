using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Tests.Report;

public sealed class GazeTallyTests
{
    [Fact]
    public void The_summary_equals_what_brute_force_finds()
    {
        var random = new Random(7);
        var tally = new GazeTally();
        var frames = new List<FrameGazeRecord>();
        for (int i = 0; i < 500; i++)
        {
            var faces = new List<FaceGazeRecord>();
            for (int track = 1; track <= 2; track++)
            {
                if (random.NextDouble() < 0.8)
                {
                    faces.Add(Random(random, track));
                }
            }

            var frame = new FrameGazeRecord(i, i, "1/30", i / 30.0, faces);
            frames.Add(frame);
            tally.Add(frame);
        }

        GazeSummary summary = tally.Summarise();
        List<FaceGazeRecord> all = [.. frames.SelectMany(frame => frame.Faces)];
        Assert.Equal(500, summary.Frames);
        Assert.Equal(frames.Count(frame => frame.Faces.Count > 0), summary.FramesWithFaces);
        Assert.Equal(all.Count, summary.Faces);
        Check(all, summary.Measured, summary.Skipped, summary.Error!, summary.Bias!);
        foreach (TrackSummary track in summary.Tracks)
        {
            List<FaceGazeRecord> own = [.. all.Where(face => face.Track == track.Track)];
            Assert.Equal(own.Count, track.Faces);
            Check(own, track.Measured, track.Skipped, track.Error!, track.Bias!);
        }

        Assert.Equal(all.Where(face => face.Error is not null).Average(face => face.Error!.Value), tally.MeanError!.Value, 1e-6);
    }

    [Fact]
    public void Nothing_measured_gives_no_statistics_instead_of_zeros()
    {
        var tally = new GazeTally();
        tally.Add(new FrameGazeRecord(0, 0, "1/30", 0, []));
        GazeSummary summary = tally.Summarise();
        Assert.Null(summary.Error);
        Assert.Null(summary.Bias);
        Assert.Null(tally.MeanError);
        Assert.Equal(1, summary.Frames);
        Assert.Equal(0, summary.FramesWithFaces);
    }

    [Theory]
    [InlineData(new float[] { 5 }, 5, 5, 5)]
    [InlineData(new float[] { 1, 2 }, 1.5, 1.5, 1.95)]
    [InlineData(new float[] { 4, 1, 3, 2, 5 }, 3, 3, 4.8)]
    public void Quantiles_are_linear_between_neighbours(float[] values, double mean, double median, double p95)
    {
        ErrorStatistics statistics = ErrorStatistics.Of(values)!;
        Assert.Equal(mean, statistics.Mean, 1e-3);
        Assert.Equal(median, statistics.Median, 1e-3);
        Assert.Equal(p95, statistics.P95, 1e-3);
        Assert.Equal(values.Max(), statistics.Max, 1e-3);
    }

    [Theory]
    [InlineData("..xx....", "..xx....", "1 1 1 0 0")] // the same blink
    [InlineData("..xx....", "...xx...", "1 1 1 0 0")] // a frame late
    [InlineData("..xx....", "........", "1 0 0 1 0")] // missed
    [InlineData("........", "..xx....", "0 1 0 0 1")] // invented
    [InlineData("xx........", ".......xx.", "1 1 0 1 1")] // too far apart
    [InlineData("..xxxx....", "..x.xx....", "1 2 1 0 0")] // one blink that flickers
    [InlineData("..x.......", "...x..x...", "1 2 1 0 1")] // one near, one too far
    [InlineData("..x..x....", "..xxxx....", "2 1 2 0 0")] // two run together
    [InlineData(".xxxxxxx", "........", "1 0 0 1 0")] // shut at the end
    public void Blinks_are_kept_missed_or_invented(string source, string output, string expected)
    {
        var tally = new BlinkTally();
        for (int i = 0; i < source.Length; i++)
        {
            tally.Add(i, source[i] == 'x', output[i] == 'x');
        }

        BlinkStatistics blinks = tally.Compare();
        Assert.Equal(expected, $"{blinks.Source} {blinks.Output} {blinks.Kept} {blinks.Missed} {blinks.Invented}");
    }

    private static FaceGazeRecord Random(Random random, int track)
    {
        FaceGazeRecord plain = GazeReportTests.Face(track, random.Next(0, 9));
        double roll = random.NextDouble();
        return roll < 0.1 ? plain with { Error = null, Skipped = GazeSkip.Profile }
            : roll < 0.2 ? plain with { Error = null, Skipped = GazeSkip.EyesClosed }
            : plain with
            {
                Error = random.NextDouble() * 20,
                Output = plain.Output! with { Yaw = plain.Source!.Yaw + (random.NextDouble() * 4) - 1, Pitch = plain.Source.Pitch + random.NextDouble() },
            };
    }

    private static void Check(List<FaceGazeRecord> faces, long measured, IReadOnlyDictionary<GazeSkip, long> skipped, ErrorStatistics error, BiasRecord bias)
    {
        List<FaceGazeRecord> counted = [.. faces.Where(face => face.Error is not null)];
        Assert.Equal(counted.Count, measured);
        Assert.Equal(faces.Count(face => face.Skipped == GazeSkip.Profile), skipped[GazeSkip.Profile]);
        Assert.Equal(faces.Count(face => face.Skipped == GazeSkip.EyesClosed), skipped[GazeSkip.EyesClosed]);
        Assert.Equal(counted.Average(face => face.Error!.Value), error.Mean, 2e-3);
        Assert.Equal(counted.Max(face => face.Error!.Value), error.Max, 2e-3);
        int below = counted.Count(face => face.Error < error.Median);
        Assert.InRange(below, (counted.Count / 2) - 1, (counted.Count / 2) + 1);
        Assert.Equal(0.05, counted.Count(face => face.Error > error.P95) / (double)counted.Count, 0.01);
        Assert.Equal(counted.Average(face => (face.Output!.Yaw - face.Source!.Yaw)!.Value), bias.Yaw, 2e-3);
        Assert.Equal(counted.Average(face => (face.Output!.Pitch - face.Source!.Pitch)!.Value), bias.Pitch, 2e-3);
    }
}
