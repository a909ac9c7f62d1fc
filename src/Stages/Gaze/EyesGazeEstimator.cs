using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>
/// This project's own gaze network (docs/training.md): both eyes of a face in one run, the right one shown mirrored, with the head's turn; out come the visual axes with the error
/// the network expects, and contour, iris and lids of each eye, wherever within a quarter of an eye's width the eyes are. The answer to a mirrored face is the mirrored
/// answer by construction, so nothing is averaged over mirror images.
/// </summary>
internal sealed class EyesGazeEstimator : IEyeFindingEstimator
{
    private const int Width = 64;
    private const int Height = 48;
    private const string EyesName = "eyes";
    private const string HeadsName = "heads";

    // Width of an eye picture over the distance of the corners, as the network was trained.
    private const float Extent = 2.2f;

    // Numbers an eye and where they stand: own axis, both axes together, logarithms of the expected errors, six contour points and the iris, lid distance over width.
    private const int Answers = 22;
    private const int Own = 0;
    private const int Both = 2;
    private const int LogErrorOfBoth = 5;
    private const int Inner = 6;
    private const int Outer = 12;
    private const int Iris = 18;
    private const int Aperture = 20;

    // Expected error that halves the confidence, radians: 10 degrees, as two answers 10 degrees apart do for an estimator that is asked twice.
    private const float Doubt = 10 * MathF.PI / 180;

    private readonly FloatNetwork network;
    private readonly EyeCrop crop = new(Width, Height);

    /// <param name="network">Owned.</param>
    public EyesGazeEstimator(FloatNetwork network) => this.network = network;

    /// <inheritdoc/>
    public string Id => "videogaze-eyes";

    /// <inheritdoc/>
    public ModelRecord Model => ModelRecord.Of("gaze", network);

    /// <inheritdoc/>
    public GazeRegion Region => GazeRegion.Eyes;

    /// <summary>Whether a network has this one's inputs and output.</summary>
    public static bool Fits(FloatNetwork network) =>
        network.InputShapes.Count == 2
        && network.InputShapes.TryGetValue(EyesName, out int[]? eyes) && eyes.AsSpan().SequenceEqual([2, 3, Height, Width])
        && network.InputShapes.TryGetValue(HeadsName, out int[]? heads) && heads.AsSpan().SequenceEqual([2, 2])
        && network.OutputShapes.Count == 1
        && network.OutputShapes[0].Value.AsSpan().SequenceEqual([2, Answers]);

    /// <inheritdoc/>
    public GazeEstimate Estimate(GazeView view, MirrorMemory? memory = null) => Estimate(view, out _);

    /// <inheritdoc/>
    public GazeEstimate Estimate(GazeView view, out EyePair eyes)
    {
        double tilt = view.Eyes.Tilt;
        HeadPose head = view.Head.Turned(-tilt);
        Show(view, view.Eyes.Left, tilt, head, left: true);
        Show(view, view.Eyes.Right, tilt, head, left: false);
        network.Run();
        ReadOnlySpan<float> left = network.Output(network.OutputShapes[0].Key)[..Answers];
        ReadOnlySpan<float> right = network.Output(network.OutputShapes[0].Key).Slice(Answers, Answers);
        eyes = new(Found(left, view.Eyes.Left, tilt, left: true), Found(right, view.Eyes.Right, tilt, left: false));
        float expected = MathF.Exp((left[LogErrorOfBoth] + right[LogErrorOfBoth]) / 2);
        return new(
            Turned(new((left[Both] - right[Both]) / 2, (left[Both + 1] + right[Both + 1]) / 2), tilt),
            Turned(new(left[Own], left[Own + 1]), tilt),
            Turned(new(-right[Own], right[Own + 1]), tilt),
            1 / (1 + (expected / Doubt)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        crop.Dispose();
    }

    private void Show(GazeView view, EyePoints eye, double tilt, HeadPose head, bool left)
    {
        const int pixels = 3 * Width * Height;
        int row = left ? 0 : 1;
        crop.Cut(view.Picture, eye.Centre, Extent * eye.Width, tilt);
        crop.WritePlanes(network.Input(EyesName).Slice(row * pixels, pixels), redFirst: true, mirrored: !left, Vector3.Zero, new Vector3(1 / 255f));
        Span<float> heads = network.Input(HeadsName).Slice(2 * row, 2);
        heads[0] = left ? head.Yaw : -head.Yaw;
        heads[1] = head.Pitch;
    }

    /// <summary>Contour and iris in picture pixels. Places are in half widths of the eye picture from its middle.</summary>
    private static EyePoints Found(ReadOnlySpan<float> answers, EyePoints looked, double tilt, bool left)
    {
        return new(Place(answers[Inner..]), Place(answers[Outer..]), Place(answers[Iris..]), Math.Max(0, answers[Aperture]));

        Vector2 Place(ReadOnlySpan<float> pair)
        {
            var inSquare = new Vector2(left ? pair[0] : -pair[0], pair[1]) * (Width / 2f);
            return EyeCrop.ToPicture(inSquare + new Vector2(Width / 2f), Width, looked.Centre, Extent * looked.Width, tilt);
        }
    }

    /// <summary>Puts the roll back that cutting level took out: the level picture's content was turned counter-clockwise by the tilt.</summary>
    private static GazeAngles Turned(GazeAngles level, double tilt)
    {
        Vector3 direction = level.ToDirection();
        (double sin, double cos) = Math.SinCos(tilt);
        return GazeAngles.FromDirection(new((float)((cos * direction.X) - (sin * direction.Y)), (float)((sin * direction.X) + (cos * direction.Y)), direction.Z));
    }
}
