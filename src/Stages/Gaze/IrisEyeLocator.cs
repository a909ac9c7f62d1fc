using System.Numerics;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>
/// MediaPipe's iris network: contour of an eye's lids and iris centre from 64 x 64 px, a fifth of the time of the whole mesh.
/// Its corners sit further in than the mesh's, so they are carried over to the mesh's places by fixed ratios and both pictures are measured alike.
/// </summary>
internal sealed class IrisEyeLocator : IEyeLocator
{
    private const int Side = 64;
    private const string InputName = "input_1";
    private const string IrisName = "output_iris";
    private const string ContourName = "output_eyes_contours_and_brows";

    // Square side over corner distance of the mesh, as the network was trained.
    private const float Extent = 2.3f;

    // From the contour's corners to the mesh's, in contour widths along (inner to outer) and down: means over 320 faces of talk.mp4, two.mp4,
    // sweep.mp4 and talk.swapped-truth.mp4, every sixth frame; spread 0.03 to 0.05.
    private const float InnerAlong = -0.22f;
    private const float InnerDown = 0.04f;
    private const float OuterAlong = -0.05f;

    // Mesh openness = slope x contour openness + offset: least squares over the same clips, r = 0.86.
    private const float OpennessSlope = 1.07f;
    private const float OpennessOffset = -0.09f;

    private readonly FloatNetwork network;
    private readonly EyeCrop square = new(Side);

    private IrisEyeLocator(FloatNetwork network) => this.network = network;

    /// <inheritdoc/>
    public ModelRecord Model => ModelRecord.Of("output eyes", network);

    /// <summary>Opens the network.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.ModelInvalid"/>: missing or another network.</exception>
    public static IrisEyeLocator Open(string path, int threads = 1)
    {
        FloatNetwork network = FloatNetwork.Open(path, threads);
        if (!network.InputShapes.ContainsKey(InputName)
            || !network.InputShapes[InputName].AsSpan().SequenceEqual([1, 3, Side, Side])
            || !network.OutputShapes.Any(output => output is { Key: IrisName, Value: [1, 15] })
            || !network.OutputShapes.Any(output => output is { Key: ContourName, Value: [1, 213] }))
        {
            network.Dispose();
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model file {path} is not MediaPipe's iris network (64 px in, 5 iris and 71 contour points out); give mediapipe_iris_landmark.onnx.");
        }

        return new(network);
    }

    /// <inheritdoc/>
    public EyePoints? Locate(PixelBuffer crop, EyePoints prior, double tilt, bool left)
    {
        // The network knows left eyes only; a right eye is shown mirrored.
        float extent = Extent * prior.Width;
        square.Cut(crop, prior.Centre, extent, tilt);
        square.WritePlanes(network.Input(InputName), redFirst: true, mirrored: !left, Vector3.Zero, new Vector3(1 / 255f));
        network.Run();
        ReadOnlySpan<float> contour = network.Output(ContourName);
        ReadOnlySpan<float> iris = network.Output(IrisName);

        // Contour points 0 to 8 run along the lower lid from the inner to the outer corner, 9 to 15 along the upper lid.
        Vector2 inner = Point(contour, 0);
        Vector2 outer = Point(contour, 8);
        Vector2 across = outer - inner;
        float width = Math.Max(across.Length(), 1e-3f);
        float gap = (Vector2.Distance(Point(contour, 11), Point(contour, 3))
            + Vector2.Distance(Point(contour, 12), Point(contour, 4))
            + Vector2.Distance(Point(contour, 13), Point(contour, 5))) / 3;
        float openness = Math.Max(0, (OpennessSlope * gap / width) + OpennessOffset);
        var down = new Vector2(-across.Y, across.X);
        inner += (across * InnerAlong) + (down * InnerDown);
        outer += across * OuterAlong;
        return new EyePoints(ToPicture(inner), ToPicture(outer), ToPicture(Point(iris, 0)), openness);

        Vector2 ToPicture(Vector2 place) => EyeCrop.ToPicture(left ? place : new(Side - place.X, place.Y), Side, prior.Centre, extent, tilt);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        square.Dispose();
    }

    private static Vector2 Point(ReadOnlySpan<float> points, int index) => new(points[3 * index], points[(3 * index) + 1]);
}
