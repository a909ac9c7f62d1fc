using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests.Support;

/// <summary>Networks trained on photos of people that judge our labels. Skips the running test where they are absent.</summary>
internal sealed class Referees : IDisposable
{
    // Below it an eye is as good as shut and its iris hidden.
    private const double LeastOpenness = 0.3;

    private readonly Slim68 slim = new(SharedAssets.Model("slim160_68.onnx"));
    private readonly OnnxSession meshModel = OnnxSession.Load(SharedAssets.Model("mediapipe_face_landmarks_478.onnx"), new(InferenceDevice.Cpu));
    private readonly IrisEyeLocator irises = IrisEyeLocator.Open(SharedAssets.Model("mediapipe_iris_landmark.onnx"));
    private readonly PixelPool pool = new();
    private readonly FaceMeshEstimator meshes;

    public Referees() => meshes = new(meshModel, pool);

    /// <summary>Compares what they see with what the labels say.</summary>
    public FaceAgreement Look(Mat picture, LabelledFace face)
    {
        double[] landmarks = Errors(slim.Locate(picture, face.Box), face);

        // Measured twice: where the first crop lay does not matter.
        FaceMesh mesh = meshes.EstimateTwice(PictureView.Of(picture), new DetectedFace(face.Box, FivePointsOf(face), 1));
        if (mesh.Score < FaceMeshEstimator.MinimumScore)
        {
            return new(landmarks, null, []);
        }

        EyePair eyes = EyePair.FromMesh(mesh);
        using PixelBuffer pixels = pool.Rent(new PixelSpec(picture.Width, picture.Height, PixelFormat.Bgr24));
        using (Mat view = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC3, pixels.PinnedArray))
        {
            picture.CopyTo(view);
        }

        List<EyeAgreement> found = [];
        foreach ((TrueEye truth, EyePoints seen, bool left) in ((TrueEye, EyePoints, bool)[])[(face.Left, eyes.Left, true), (face.Right, eyes.Right, false)])
        {
            if (truth.Openness >= LeastOpenness)
            {
                Vector2 iris = irises.Locate(pixels, seen, eyes.Tilt, left)!.Value.Iris;
                found.Add(new(truth.Width, Vector2.Distance(seen.Iris, truth.Iris) / truth.Width, (iris - truth.Iris) / truth.Width));
            }
        }

        return new(landmarks, Errors(IbugLandmarks.FromMesh(mesh), face), found);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        meshes.Dispose();
        meshModel.Dispose();
        irises.Dispose();
        slim.Dispose();
    }

    private static double[] Errors(Vector2[] points, LabelledFace face) => [.. points.Select((point, index) => (double)Vector2.Distance(point, face.Landmarks[index]) / face.EyeDistance)];

    // Eyes, nose tip and corners of the mouth, as detectors give them.
    private static Vector2[] FivePointsOf(LabelledFace face) =>
        [(face.Landmarks[36] + face.Landmarks[39]) / 2, (face.Landmarks[42] + face.Landmarks[45]) / 2, face.Landmarks[30], face.Landmarks[48], face.Landmarks[54]];
}
