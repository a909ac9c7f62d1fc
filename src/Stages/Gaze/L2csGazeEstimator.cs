using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>
/// Any network of the L2CS contract: the face as 1x3x448x448 RGB, ImageNet-normalised; two outputs of bins, first horizontal, second vertical;
/// the angle is the expectation over the softmax. 90 bins are 4 degrees from -180 (Gaze360 heads), 28 bins 3 degrees from -42 (MPIIGaze heads).
/// </summary>
/// <remarks>
/// Outputs are taken by order, not by name: published exports call the horizontal one "pitch". The networks' own positive yaw is to the image's left.
/// </remarks>
internal sealed class L2csGazeEstimator : IGazeEstimator
{
    private const int Side = 448;

    // ImageNet mean and spread of 0..1 values, in 0..255.
    private static readonly Vector3 Mean = new Vector3(0.485f, 0.456f, 0.406f) * 255;
    private static readonly Vector3 Scale = Vector3.One / (new Vector3(0.229f, 0.224f, 0.225f) * 255);

    private readonly FloatNetwork network;
    private readonly EyeCrop crop = new(Side);
    private readonly string input;

    /// <param name="network">Owned.</param>
    public L2csGazeEstimator(FloatNetwork network)
    {
        this.network = network;
        input = network.InputShapes.Keys.Single();
    }

    /// <inheritdoc/>
    public string Id => "l2cs";

    /// <inheritdoc/>
    public ModelRecord Model => ModelRecord.Of("gaze", network);

    /// <inheritdoc/>
    public GazeRegion Region => GazeRegion.Face;

    /// <summary>Whether a network has this contract's input and outputs.</summary>
    public static bool Fits(FloatNetwork network) =>
        network.InputShapes.Count == 1
        && network.InputShapes.Values.Single().AsSpan().SequenceEqual([1, 3, Side, Side])
        && network.OutputShapes.Count == 2
        && network.OutputShapes.All(output => output.Value is [1, 90] or [1, 28])
        && network.OutputShapes[0].Value[1] == network.OutputShapes[1].Value[1];

    /// <inheritdoc/>
    public GazeEstimate Estimate(GazeView view, MirrorMemory? memory = null)
    {
        // The detector box these networks were trained on, made square so that the face keeps its proportions at any aspect.
        Vector2 centre = new(view.Face.X + (view.Face.Width / 2), view.Face.Y + (view.Face.Height / 2));
        crop.Cut(view.Picture, centre, Math.Max(view.Face.Width, view.Face.Height), tilt: 0);
        crop.WritePlanes(network.Input(input), redFirst: true, mirrored: false, Mean, Scale);
        network.Run();
        (double yaw, double yawMass) = Decode(network.Output(network.OutputShapes[0].Key));
        (double pitch, double pitchMass) = Decode(network.Output(network.OutputShapes[1].Key));
        return new(GazeAngles.FromDegrees(-yaw, Math.Clamp(pitch, -90, 90)), null, null, (float)Math.Min(yawMass, pitchMass));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        crop.Dispose();
    }

    /// <summary>Softmax expectation of the bins in degrees, and the probability within 15 degrees of it as a measure of confidence.</summary>
    internal static (double Degrees, double Mass) Decode(ReadOnlySpan<float> logits)
    {
        (double step, double start) = logits.Length == 90 ? (4.0, -180.0) : (3.0, -42.0);
        float highest = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            highest = Math.Max(highest, logit);
        }

        double sum = 0, weighted = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double weight = Math.Exp(logits[i] - highest);
            sum += weight;
            weighted += weight * i;
        }

        double degrees = (weighted / sum * step) + start;
        double near = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (Math.Abs((i * step) + start - degrees) <= 15)
            {
                near += Math.Exp(logits[i] - highest) / sum;
            }
        }

        return (degrees, near);
    }
}
