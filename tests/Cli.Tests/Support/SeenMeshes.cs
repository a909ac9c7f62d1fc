using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Directing;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Rendering;
using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Truth;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests.Support;

/// <summary>A rendered face and the mesh that the public network sees in its picture.</summary>
internal sealed record SeenMesh(Vector3[] Vertices, PinholeCamera Camera, FaceMesh Mesh, float EyeDistance);

/// <summary>Rendered faces of many people, turned by up to 30 degrees, bare-headed, who speak and make faces, with the public network's meshes. Skips the running test where pack or network are absent.</summary>
internal sealed class SeenMeshes : IDisposable
{
    private const int Side = 320, PicturesOfOne = 4;

    private readonly OnnxSession model = OnnxSession.Load(SharedAssets.Model("mediapipe_face_landmarks_478.onnx"), new(InferenceDevice.Cpu));
    private readonly PixelPool pool = new();
    private readonly FaceMeshEstimator meshes;
    private readonly PerformerRenderer renderer = new(RenderQuality.Draft);

    /// <param name="count">Pictures.</param>
    /// <param name="firstSeed">Of the first person.</param>
    public SeenMeshes(int count, int firstSeed)
    {
        Assets = PerformerAssets.Open(SharedAssets.Require(Path.Combine("performers", "assets")));
        meshes = new(model, pool);
        List<SeenMesh> all = [];
        for (int i = 0; i < count / PicturesOfOne; i++)
        {
            // Lenses bend what is behind them and caps hide it.
            PerformerIdentity identity = PerformerIdentity.Random(firstSeed + i, new() { Glasses = false }) with { Headwear = null };
            Performer person = new(Assets, identity);
            for (int k = 0; k < PicturesOfOne; k++)
            {
                if (Look(person, (firstSeed + i) * PicturesOfOne + k) is { } seen)
                {
                    all.Add(seen);
                }
            }
        }

        All = all;
    }

    /// <summary>The pack.</summary>
    public PerformerAssets Assets { get; }

    /// <summary>Those in which the network was sure of a face.</summary>
    public IReadOnlyList<SeenMesh> All { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        meshes.Dispose();
        model.Dispose();
    }

    private SeenMesh? Look(Performer person, int seed)
    {
        Random random = new(Seeds.Mix(seed, 1));
        float distance = 40 + (90 * random.NextSingle());
        PerformerPose pose = new()
        {
            Head = new(Turn(random, 14, 30), Turn(random, 8, 20), Turn(random, 6, 15)),
            Position = new(0, 0, distance),
            Expression = ExpressionOf(random),
            BlinkLeft = random.NextSingle() < 0.15f ? random.NextSingle() : 0,
        };
        GazeAngles gaze = GazeAngles.FromDegrees((30 * random.NextSingle()) - 15, (20 * random.NextSingle()) - 10);
        PosedPerformer posed = person.Pose(pose.WithGaze(EyeReach.Clamp(new EyePair<GazeAngles>(gaze, gaze))).WithBlink(pose.BlinkLeft));

        // The face of 22 cm fills six tenths of the picture's height.
        PinholeCamera camera = PinholeCamera.Centred(Side, Side, 0.6f * Side * distance / 22);
        Scene scene = Scene.Random(Seeds.Mix(seed, 2));
        float exposure = renderer.MeteredExposure(posed, scene.Light);
        PixelImage image = PictureComposer.Compose([renderer.Render(posed, scene.Light, camera)], scene.Backdrop.Paint(Side, Side, exposure), new CameraLook() { Exposure = exposure }, seed);
        using Mat picture = Mat.FromPixelData(Side, Side, MatType.CV_8UC3, image.Bgr);
        PerformerLabels labels = PerformerLabels.Of(posed, camera);
        Vector2[] points = [.. labels.Landmarks68];
        Vector2[] five = [(points[36] + points[39]) / 2, (points[42] + points[45]) / 2, points[30], points[48], points[54]];
        FaceMesh mesh = meshes.EstimateTwice(PictureView.Of(picture), new DetectedFace(labels.FaceBox, five, 1));
        return mesh.Score < 0.8f ? null : new(posed.Vertices[..HeadMesh.SkinEnd].ToArray(), camera, mesh, IbugLandmarks.OuterEyeDistance(points));
    }

    private static float Turn(Random random, float deviation, float limit)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return float.DegreesToRadians(Math.Clamp(deviation * (float)normal, -limit, limit));
    }

    private static Expression ExpressionOf(Random random)
    {
        Expression sum = Expressions.All[random.Next(Expressions.All.Count)].Times(random.NextSingle());
        return random.Next(2) == 0 ? sum : sum.Plus(Expressions.Visemes[random.Next(Expressions.Visemes.Count)], random.NextSingle());
    }
}
