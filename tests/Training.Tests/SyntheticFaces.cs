using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.FaceSets;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Tests;

/// <summary>A temporary folder with two drawn face sets: coloured ovals with eyes and mouth that move. Deleted with the test.</summary>
internal sealed class SyntheticFaces : IDisposable
{
    public const int Side = 96;

    public SyntheticFaces()
    {
        Root = Directory.CreateTempSubdirectory("videogaze-training-").FullName;
        Source = Draw("source", new Scalar(60, 90, 200));
        Target = Draw("target", new Scalar(180, 140, 90));
    }

    public string Root { get; }

    public string Source { get; }

    public string Target { get; }

    public PairTrainingOptions Options(string output) => new(Source, Target, Path.Combine(Root, output))
    {
        Shape = new(Resolution: 64, EncoderDims: 4, InterDims: 16, DecoderDims: 4, MaskDims: 2),
        Losses = PairLosses.Conditions["DFL+em"],
        Steps = 8,
        BatchSize = 2,
        LearningRate = 1e-3,
        Threads = 1,
        ReportEvery = 1,
        PreviewEvery = 0,
        CheckpointEvery = 1000,
    };

    /// <summary>The mesh of a face whose outline, eyes and lips are where the drawing has them.</summary>
    public static Vector2[] Mesh(int side)
    {
        var mesh = new Vector2[FaceMesh.PointCount];
        Array.Fill(mesh, new Vector2(0.5f, 0.55f) * side);
        Ring(MeshTopology.FaceOval, new(0.5f, 0.53f), new(0.3f, 0.36f));
        Ring(MeshTopology.ImageLeftEye, new(0.37f, 0.4f), new(0.05f, 0.02f));
        Ring(MeshTopology.ImageRightEye, new(0.62f, 0.4f), new(0.05f, 0.02f));
        Ring(MeshTopology.OuterLips, new(0.5f, 0.68f), new(0.1f, 0.04f));
        return mesh;

        void Ring(IReadOnlyList<int> indices, Vector2 centre, Vector2 radius)
        {
            for (int i = 0; i < indices.Count; i++)
            {
                (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * i / indices.Count);
                mesh[indices[i]] = (centre + (radius * new Vector2(cosine, sine))) * side;
            }
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string Draw(string name, Scalar skin)
    {
        string folder = Path.Combine(Root, name);
        Directory.CreateDirectory(folder);
        using var manifest = new StreamWriter(Path.Combine(folder, "faces.ndjson"));
        Vector2[] mesh = Mesh(Side);
        for (int i = 0; i < 6; i++)
        {
            using var picture = new Mat(Side, Side, MatType.CV_8UC3, Scalar.All(30));
            Cv2.Ellipse(picture, new Point(Side / 2, (int)(0.53 * Side)), new Size((int)(0.3 * Side), (int)(0.36 * Side)), 0, 0, 360, skin, -1);
            foreach (double x in new[] { 0.37, 0.62 })
            {
                Cv2.Ellipse(picture, new Point((int)(x * Side), (int)(0.4 * Side)), new Size(5, 3), 0, 0, 360, Scalar.All(255), -1);
                Cv2.Circle(picture, new Point((int)(x * Side) - 3 + i, (int)(0.4 * Side)), 2, Scalar.All(0), -1);
            }

            Cv2.Ellipse(picture, new Point(Side / 2, (int)(0.68 * Side)), new Size(9, 2 + (i % 3)), 0, 0, 360, new Scalar(40, 40, 160), -1);
            string file = FormattableString.Invariant($"{i:00}.png");
            Cv2.ImWrite(Path.Combine(folder, file), picture);
            var sample = new FaceSample(file, "drawn", i, i / 30.0, 1, AlignmentTemplate.DflWholeFace.Name, Side, [1, 0, 0, 0], [.. mesh.Select(point => new[] { point.X, point.Y })], null, null, [0.3f, 0.3f], 100, 1);
            manifest.WriteLine(JsonSerializer.Serialize(sample, JsonSerializerOptions.Web));
        }

        return folder;
    }
}

/// <summary>Keeps what was reported, on the reporting thread.</summary>
internal sealed class Reports(Action<TrainingProgress>? then = null) : IProgress<TrainingProgress>
{
    public List<TrainingProgress> All { get; } = [];

    public void Report(TrainingProgress value)
    {
        All.Add(value);
        then?.Invoke(value);
    }
}
