using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Measure;

namespace VideoGaze.Stages.Calibrate;

/// <summary>Measures the gaze of known people in a picture in several ways: detector and mesh find the face once, then each way looks at the same crop.</summary>
internal sealed class FaceGazeProbe : IDisposable
{
    // Side of the picture a detector sees: pictures are few and may show a small face.
    private const int DetectorSize = 640;

    private readonly FaceFinder finder;
    private readonly FaceMeshEstimator mesh;
    private readonly IrisEyeLocator? irises;
    private readonly IReadOnlyList<CalibratedEstimator> ways;
    private readonly GazeOptions options;
    private readonly PixelBuffer crop;

    /// <param name="detector">Stays the caller's.</param>
    /// <param name="meshModel">Stays the caller's.</param>
    /// <param name="irises">Owned; null where no way needs it.</param>
    /// <param name="ways">Stay the caller's.</param>
    /// <param name="options">Least confidence.</param>
    /// <param name="pool">Where pixels are rented from.</param>
    public FaceGazeProbe(OnnxSession detector, OnnxSession meshModel, IrisEyeLocator? irises, IReadOnlyList<CalibratedEstimator> ways, GazeOptions options, PixelPool pool)
    {
        this.irises = irises;
        this.ways = ways;
        this.options = options;
        finder = FaceFinder.Over(detector, new DetectOptions(DetectorSize));
        mesh = new FaceMeshEstimator(meshModel, pool);
        crop = pool.Rent(new PixelSpec(GazeCrop.Side, GazeCrop.Side, PixelFormat.Bgr24));
    }

    /// <summary>To each person the answers of all ways, null for one that doubts its answer; null for a person whose face was not found.</summary>
    public GazeAngles?[]?[] Look(CalibrationPicture picture, double truthScale)
    {
        PictureView view = PictureView.Of(picture.Bgr);
        IReadOnlyList<DetectedFace> found = finder.Find(view);
        int[] match = PlacePairing.Match(
            [.. picture.Persons.Select(person => Scaled(person.Box, (float)truthScale))],
            [.. found.Select(face => face.Box)]);
        var answers = new GazeAngles?[]?[picture.Persons.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            if (match[i] >= 0 && mesh.EstimateTwice(view, found[match[i]]) is { Score: >= FaceMeshEstimator.MinimumScore } face)
            {
                answers[i] = Ask(view, face, picture.Camera);
            }
        }

        return answers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        finder.Dispose();
        mesh.Dispose();
        irises?.Dispose();
        crop.Dispose();
    }

    private GazeAngles?[] Ask(PictureView view, FaceMesh face, PinholeCamera camera)
    {
        SimilarityTransform toCrop = GazeCrop.TransformFor(face);
        view.WarpTo(toCrop, crop);
        EyePair inPicture = EyePair.FromMesh(face);
        CameraRay ray = camera.Through((inPicture.Left.Centre + inPicture.Right.Centre) / 2);
        EyePair meshEyes = inPicture.Transformed(toCrop);
        EyePair? irisEyes = irises?.Locate(crop, meshEyes.Left, meshEyes.Tilt, left: true) is { } left && irises.Locate(crop, meshEyes.Right, meshEyes.Tilt, left: false) is { } right
            ? new EyePair(left, right)
            : null;
        FaceBox box = GazeStage.BoundsOf(face, toCrop);
        HeadPose head = HeadPose.FromMesh(face).Turned(toCrop.Rotation);
        return [.. ways.Select(way =>
        {
            if ((way.Eyes == OutputEyes.IrisNetwork ? irisEyes : meshEyes) is not { } eyes)
            {
                return (GazeAngles?)null;
            }

            GazeEstimate estimate = way.Estimator.Estimate(new GazeView(crop, eyes, box, head));
            return estimate.Confidence * face.Score < options.MinConfidence ? null : ray.ToCamera(estimate.Combined, toCrop.Rotation);
        })];
    }

    private static FaceBox Scaled(FaceBox box, float scale) => new(box.X * scale, box.Y * scale, box.Width * scale, box.Height * scale);
}
