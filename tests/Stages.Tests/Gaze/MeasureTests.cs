using System.Numerics;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Measure;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Gaze;

public sealed class MeasureTests
{
    [Theory]
    [InlineData("0 1 2 3", "0 1 2 3", 0.1, "0:0 1:1 2:2 3:3")]
    [InlineData("0 1 2 3", "0.4 1.4 2.4 3.4", 0.5, "0:0.4 1:1.4 2:2.4 3:3.4")]
    [InlineData("0 1 2 3", "0 2", 0.1, "0:0 1:- 2:2 3:-")]
    [InlineData("0 0.5 1", "0 1", 0.6, "0:0 0.5:1 1:1")]
    [InlineData("0 1", "0 0.2 0.4 0.6 0.8 1.1", 0.3, "0:0 1:1.1")]
    [InlineData("5 6", "0 1 2", 0.5, "5:- 6:-")]
    [InlineData("0 1", "", 1, "0:- 1:-")]
    [InlineData("", "0 1", 1, "")]
    public async Task Frames_pair_with_the_nearest_in_time_and_all_are_given_back(string first, string second, double tolerance, string pairs)
    {
        var others = new List<Moment>();
        var found = new List<string>();
        await foreach ((double item, Moment? other) in TimePairing.PairAsync(
            Times(first), Moments(second, others), time => time, moment => moment.Seconds, tolerance, TestContext.Current.CancellationToken))
        {
            Assert.True(other is not { Disposed: true });
            found.Add(FormattableString.Invariant($"{item}:{(other is null ? "-" : other.Seconds)}"));
        }

        Assert.Equal(pairs, string.Join(' ', found));
        Assert.All(others, other => Assert.True(other.Disposed));
    }

    [Fact]
    public void Faces_match_by_place_whatever_the_size_of_the_picture()
    {
        FaceBox[] large = [new(100, 100, 200, 250), new(800, 120, 180, 230)];
        FaceBox[] small = [new(402, 61, 88, 116), new(49, 51, 101, 124)];
        int[] match = PlacePairing.Match(
            [.. large.Select(box => PlacePairing.Normalise(box, 1280, 720))],
            [.. small.Select(box => PlacePairing.Normalise(box, 640, 360))]);
        Assert.Equal([1, 0], match);
    }

    [Fact]
    public void A_face_without_counterpart_stays_alone_and_none_is_used_twice()
    {
        FaceBox[] first = [new(0, 0, 0.2f, 0.2f), new(0.01f, 0, 0.2f, 0.2f), new(0.7f, 0.7f, 0.2f, 0.2f)];
        Assert.Equal([0, -1, -1], PlacePairing.Match(first, [new(0, 0, 0.2f, 0.2f)]));
        Assert.Equal([-1, -1, -1], PlacePairing.Match(first, []));
    }

    [Fact]
    public void The_gaze_crop_holds_the_whole_face_upright_with_a_margin()
    {
        var points = new Vector3[FaceMesh.PointCount];
        var turn = new SimilarityTransform(1.4 * Math.Cos(0.5), 1.4 * Math.Sin(0.5), 300, 200);
        var random = new Random(1);
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new((float)random.NextDouble() * 100, (float)random.NextDouble() * 140, 0);
        }

        foreach ((int index, float x) in new[] { (33, 20f), (133, 40f), (362, 60f), (263, 80f) })
        {
            points[index] = new(x, 50, 0);
        }

        FaceMesh mesh = new FaceMesh(points, 1).Transformed(turn);
        SimilarityTransform toCrop = GazeCrop.TransformFor(mesh);
        Assert.Equal(-0.5, toCrop.Rotation, 1e-3);
        FaceBox bounds = GazeStage.BoundsOf(mesh, toCrop);
        Assert.Equal(GazeCrop.Side / 2f, bounds.X + (bounds.Width / 2), 0.5);
        Assert.Equal(GazeCrop.Side / 2f, bounds.Y + (bounds.Height / 2), 0.5);
        Assert.Equal(GazeCrop.Side / 1.5f, bounds.Height, 1.0);
    }

    [Fact]
    public void A_truth_file_is_read_whole()
    {
        IReadOnlyList<TruthFrame> truth = GazeTruth.Read(SharedAssets.Sample("talk.truth.ndjson"));
        Assert.Equal(300, truth.Count);
        Assert.Equal(1500.0 / 1280, truth[0].FocalRatio, 1e-9);
        TruthPerson person = Assert.Single(truth[0].Persons);
        Assert.Equal(4.881, person.Gaze.YawDegrees, 1e-3);
        Assert.Equal(5.63, person.Gaze.PitchDegrees, 1e-3);
        Assert.Equal(17.245, person.Head.YawDegrees, 1e-3);
        Assert.False(person.Blink);
        Assert.Empty(GazeTruth.Read(SharedAssets.Sample("edges.truth.ndjson"))[0].Persons);
    }

    [Fact]
    public void What_is_no_truth_file_is_refused_with_its_line()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{\"index\":0}\n");
            var failure = Assert.Throws<UserFacingException>(() => GazeTruth.Read(path));
            Assert.Equal(FailureKind.InputUnreadable, failure.Kind);
            Assert.StartsWith("Line 1 of", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal(FailureKind.InputMissing, Assert.Throws<UserFacingException>(() => GazeTruth.Read(path)).Kind);
    }

    private static async IAsyncEnumerable<double> Times(string list)
    {
        foreach (string time in list.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await Task.Yield();
            yield return double.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private static async IAsyncEnumerable<Moment> Moments(string list, List<Moment> made)
    {
        await foreach (double time in Times(list))
        {
            var moment = new Moment(time);
            made.Add(moment);
            yield return moment;
        }
    }

    private sealed class Moment(double seconds) : IDisposable
    {
        public double Seconds { get; } = seconds;

        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}
