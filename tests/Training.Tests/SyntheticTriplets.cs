using System.Globalization;
using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Data;

namespace VideoGaze.Training.Tests;

/// <summary>
/// A temporary data set of drawn swap triplets in the format of <c>perform --kind triplets</c>: a disc of a face whose colour is the person, with eyes and a mouth, the sources with a band
/// across the nose; the swap has the source's colour and band in the target's picture. Deleted with the test.
/// </summary>
internal sealed class SyntheticTriplets : IDisposable
{
    private const int Side = 96;

    public SyntheticTriplets(int pairs = 3)
    {
        Root = Directory.CreateTempSubdirectory("videogaze-triplets-").FullName;
        Folder = Path.Combine(Root, "set");
        Directory.CreateDirectory(Path.Combine(Folder, "images"));
        Directory.CreateDirectory(Path.Combine(Folder, "masks"));
        Write("labels.ndjson", 0, pairs);
        Write("labels-heldout.ndjson", pairs, 1);
    }

    public string Root { get; }

    public string Folder { get; }

    public SwapRecipeOptions Options(string output) => new([Folder], Path.Combine(Root, output))
    {
        Shape = new(Resolution: 32, Width: 4),
        Losses = SwapLosses.Default with { Gaze = LossTerm.Off, Likeness = LossTerm.Off },
        Steps = 8,
        BatchSize = 2,
        LearningRate = 1e-3,
        Threads = 1,
        ReportEvery = 1,
        PreviewEvery = 0,
        CheckpointEvery = 1000,
    };

    /// <summary>Adds triplets of one more pair at the end of the labels.</summary>
    public void Grow(int pair) => File.AppendAllLines(Path.Combine(Folder, "labels.ndjson"), Lines(pair));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Write(string labels, int first, int pairs) => File.WriteAllLines(Path.Combine(Folder, labels), Enumerable.Range(first, pairs).SelectMany(Lines));

    private IEnumerable<string> Lines(int pair)
    {
        var (target, source) = (ColourOf(2 * pair), ColourOf((2 * pair) + 1));
        for (int i = 0; i < 2; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{(2 * pair) + i:000000}");
            string sources = string.Join(',', Enumerable.Range(0, 3).Select(k => Draw($"{name}_source{k}", source, k - 1, pair, painted: true)));
            yield return $$$"""{"index":{{{(2 * pair) + i}}},"target":{{{Draw(name + "_target", target, 2 * i, pair, painted: false)}}},"swap":{{{Draw(name + "_swap", source, 2 * i, pair, painted: true)}}},"sources":[{{{sources}}}]}""";
        }
    }

    private static Scalar ColourOf(int person) => new(60 + (37 * person % 160), 60 + (71 * person % 160), 60 + (113 * person % 160));

    private string Draw(string name, Scalar skin, int shift, int pair, bool painted)
    {
        (int x, int y) = (48 + shift, 50);
        using var picture = new Mat(Side, Side, MatType.CV_8UC3, Scalar.All(30));
        using var mask = new Mat(Side, Side, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Ellipse(picture, new Point(x, y), new Size(24, 30), 0, 0, 360, skin, -1);
        Cv2.Ellipse(mask, new Point(x, y), new Size(24, 30), 0, 0, 360, Scalar.All(1), -1);
        if (painted)
        {
            // Colour alone does not tell people apart: a swap keeps the target's. A band across nose and cheeks does.
            Cv2.Rectangle(picture, new Rect(x - 18, y - 1, 36, 9), new Scalar(20, 20, 20), -1);
        }

        foreach (int eye in (int[])[-10, 10])
        {
            Cv2.Ellipse(picture, new Point(x + eye, y - 8), new Size(5, 3), 0, 0, 360, Scalar.All(255), -1);
            Cv2.Circle(picture, new Point(x + eye + shift, y - 8), 2, Scalar.All(0), -1);
            Cv2.Ellipse(mask, new Point(x + eye, y - 8), new Size(5, 3), 0, 0, 360, Scalar.All(2), -1);
        }

        Cv2.Ellipse(picture, new Point(x, y + 14), new Size(8, 3), 0, 0, 360, new Scalar(40, 40, 160), -1);
        Cv2.Ellipse(mask, new Point(x, y + 14), new Size(8, 3), 0, 0, 360, Scalar.All(3), -1);
        Cv2.ImWrite(Path.Combine(Folder, "images", name + ".png"), picture);
        Cv2.ImWrite(Path.Combine(Folder, "masks", name + ".png"), mask);

        // The mean face's points, laid so that the eyes of the mesh lie on the drawn ones.
        string landmarks = string.Join(',', MeshTopology.Ibug68.Select(index => MeanFace(new(x, y)).At(index)).Select(point => string.Create(CultureInfo.InvariantCulture, $"[{point.X:0.###},{point.Y:0.###}]")));
        return $$$"""{"file":"images/{{{name}}}.png","mask":"masks/{{{name}}}.png","persons":[{"id":"p{{{pair}}}","eyes":{"L":{"openness":1},"R":{"openness":1}},"landmarks68_px":[{{{landmarks}}}]}]}""";
    }

    /// <summary>The mean face with its eyes where <see cref="Draw"/> draws them.</summary>
    private static FaceMesh MeanFace(Vector2 centre)
    {
        // Irises have no place in the layout; they are not looked at here.
        FaceMesh mean = new([.. FaceLayout.Mean, .. Enumerable.Repeat(Vector3.Zero, FaceMesh.PointCount - FaceLayout.PointCount)], 1);
        Vector2[] eyes = MeshTopology.FivePoints(mean)[..2];
        double scale = 20 / Vector2.Distance(eyes[0], eyes[1]);
        Vector2 between = (eyes[0] + eyes[1]) / 2;
        return mean.Transformed(new(scale, 0, centre.X + 0.5 - (scale * between.X), centre.Y - 7.5 - (scale * between.Y)));
    }

    /// <summary>Finds the drawn faces by their labels.</summary>
    internal sealed class Reader : IMeshReader
    {
        public FaceMesh Read(Mat picture, IReadOnlyList<Vector2> around)
        {
            FaceMesh mean = MeanFace(Vector2.Zero);
            return mean.Transformed(SimilarityTransform.Fit([.. MeshTopology.Ibug68.Select(mean.At)], [.. around]));
        }

        public void Dispose()
        {
        }
    }
}
