using System.Globalization;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>What was written.</summary>
/// <param name="Path">The file.</param>
/// <param name="Steps">Steps the checkpoint was trained.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="LargestDifference">Largest difference of any answer between the file in ONNX Runtime and the network in TorchSharp.</param>
/// <param name="HeldOut">Error of the weights as they are in the file.</param>
public sealed record EyesExport(string Path, int Steps, long Bytes, double LargestDifference, EyesMeasure HeldOut);

/// <summary>Writes the trained gaze network as ONNX and proves that the file computes the same.</summary>
public static class EyesExporter
{
    /// <summary>Largest difference allowed between file and network: radians, half widths of the eye picture.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Measures, exports, checks in ONNX Runtime, and only then puts the file in its place. Weights are stored in 16 bits and computed in 32.</summary>
    /// <param name="network">The trained network; its weights are rounded as the file's are, so that the check is of the export alone and the stated error that of the file.</param>
    /// <param name="steps">Steps it was trained.</param>
    /// <param name="heldOut">People who were not in training.</param>
    /// <param name="output">The ONNX file.</param>
    /// <param name="origin">What it was trained on and how; travels in the file.</param>
    internal static EyesExport Export(EyesNetwork network, int steps, List<EyesSample> heldOut, string output, string origin)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        network.TrunkType = ScalarType.Float32;
        foreach (var parameter in network.parameters())
        {
            parameter.copy_(parameter.to(float16).to(float32));
        }

        EyesMeasure measure = EyesMeasure.Of(network, heldOut);
        byte[] model = EyesGraph.Build(network, halfWeights: true, Metadata(origin, steps, measure));
        string partial = output + ".partial";
        File.WriteAllBytes(partial, model);
        double difference = LargestDifference(partial, network);
        if (!(difference <= Tolerance))
        {
            File.Delete(partial);
            throw new InvalidOperationException($"The exported file differs from the network by {difference}, more than {Tolerance}.");
        }

        File.Move(partial, output, overwrite: true);
        return new(output, steps, model.Length, difference, measure);
    }

    /// <summary>Runs both on eight pairs of random pictures, smooth as eyes are.</summary>
    internal static double LargestDifference(string path, EyesNetwork network)
    {
        using var file = FloatNetwork.Open(path);
        using var noGradient = no_grad();
        using var generator = new Generator(7);
        double largest = 0;
        for (int i = 0; i < 8; i++)
        {
            using var scope = NewDisposeScope();
            Tensor eyes = nn.functional.interpolate(rand([2, 3, 6, 8], generator: generator), size: [EyesNetwork.Height, EyesNetwork.Width], mode: InterpolationMode.Bilinear, align_corners: false);
            Tensor heads = rand([2, 2], generator: generator).sub(Numbers.Half);
            TensorFile.Numbers(eyes).CopyTo(file.Input(EyesGraph.Eyes));
            TensorFile.Numbers(heads).CopyTo(file.Input(EyesGraph.Heads));
            file.Run();
            float[] expected = TensorFile.Numbers(network.forward(eyes, heads));
            ReadOnlySpan<float> found = file.Output(EyesGraph.Answers);
            for (int k = 0; k < expected.Length; k++)
            {
                // Max keeps a NaN, so that a broken file cannot pass.
                largest = Math.Max(largest, Math.Abs(expected[k] - found[k]));
            }
        }

        return largest;
    }

    private static Dictionary<string, string> Metadata(string origin, int steps, EyesMeasure heldOut) => new()
    {
        ["videogaze.eyes"] = "both eyes of a face as 64x48 px RGB, the right one mirrored, and the head's turn; visual axes in radians with their expected error, contour, iris and lids of each",
        ["videogaze.origin"] = origin.Length > 0 ? origin : string.Create(CultureInfo.InvariantCulture, $"{steps} steps of videogaze train gaze"),
        ["videogaze.heldOut"] = string.Create(
            CultureInfo.InvariantCulture,
            $"{heldOut.Faces} faces of rendered people not in training, eyes open, heads within 40 degrees: median {heldOut.MedianDegrees:0.00}, mean {heldOut.MeanDegrees:0.00}, p95 {heldOut.P95Degrees:0.00} degrees"),
        ["videogaze.licence"] = "MIT",
    };
}
