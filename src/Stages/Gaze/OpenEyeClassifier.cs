using System.Numerics;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>Open Model Zoo's <c>open-closed-eye-0001</c> (Apache-2.0): probability that an eye is open from 32 x 32 px in 0.02 ms. It sees source and output alike, whatever found the lids.</summary>
internal sealed class OpenEyeClassifier : IDisposable
{
    private const int Side = 32;

    // Square side over corner distance; 1.6 separates shut (median 0.00) from open eyes (median 1.00) on talk.mp4, two.mp4 and edges.mp4.
    private const float Extent = 1.6f;

    // From here on the other eye cannot change the answer by more than a hundredth, and is not looked at.
    private const float SurelyOpen = 0.99f;

    private readonly FloatNetwork network;
    private readonly EyeCrop crop = new(Side);
    private readonly string input;
    private readonly string output;

    private OpenEyeClassifier(FloatNetwork network)
    {
        this.network = network;
        input = network.InputShapes.Keys.Single();
        output = network.OutputShapes[0].Key;
    }

    /// <summary>The network's file, for reports.</summary>
    public ModelRecord Model => ModelRecord.Of("open eyes", network);

    /// <summary>Opens the network.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.ModelInvalid"/>: missing or another network.</exception>
    public static OpenEyeClassifier Open(string path, int threads = 1)
    {
        FloatNetwork network = FloatNetwork.Open(path, threads);
        if (network.InputShapes.Count != 1 || !network.InputShapes.Values.Single().AsSpan().SequenceEqual([1, 3, Side, Side])
            || network.OutputShapes.Count != 1 || network.OutputShapes[0].Value.Aggregate(1, (product, side) => product * side) != 2)
        {
            network.Dispose();
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model file {path} is not open-closed-eye-0001 (32 px in, 2 probabilities out); give open-closed-eye-0001.onnx.");
        }

        return new(network);
    }

    /// <summary>The larger of both eyes' probabilities to be open, in [0, 1]: a blink shuts both.</summary>
    public float OpenProbability(PixelBuffer picture, EyePair eyes)
    {
        float left = Measure(picture, eyes.Left, eyes.Tilt);
        return left >= SurelyOpen ? left : Math.Max(left, Measure(picture, eyes.Right, eyes.Tilt));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        crop.Dispose();
    }

    private float Measure(PixelBuffer picture, EyePoints eye, double tilt)
    {
        crop.Cut(picture, eye.Centre, Extent * eye.Width, tilt);
        crop.WritePlanes(network.Input(input), redFirst: false, mirrored: false, new Vector3(127), new Vector3(1 / 255f));
        network.Run();
        return network.Output(output)[1];
    }
}
