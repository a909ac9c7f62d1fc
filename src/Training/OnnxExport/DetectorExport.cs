using VideoGaze.Faces.Models;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>Writes a detector and proves that the file computes what the network does.</summary>
internal static class DetectorExport
{
    /// <summary>Exports, checks in ONNX Runtime, and only then puts the file in its place.</summary>
    /// <returns>Size and largest difference of any output value.</returns>
    public static (long Bytes, double LargestDifference) Write(DetectorNetwork network, IReadOnlyDictionary<string, string> metadata, string path, double leastScore = DetectorGraph.UsualLeastScore)
    {
        string partial = path + ".partial";
        File.WriteAllBytes(partial, DetectorGraph.Build(network, metadata, leastScore));

        // Two sizes, one wide and one high: an axis mixed up would show.
        double difference = Math.Max(LargestDifference(partial, network, 96, 160, leastScore), LargestDifference(partial, network, 192, 64, leastScore));
        if (!(difference <= GeneratorExporter.Tolerance))
        {
            File.Delete(partial);
            throw new InvalidOperationException($"The exported file differs from the network by {difference}, more than {GeneratorExporter.Tolerance}.");
        }

        File.Move(partial, path, overwrite: true);
        return (new FileInfo(path).Length, difference);
    }

    /// <summary>Runs both on a random picture as smooth as photos are.</summary>
    internal static double LargestDifference(string path, DetectorNetwork network, int height, int width, double leastScore = DetectorGraph.UsualLeastScore)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var generator = new Generator(7);
        Tensor picture = nn.functional.interpolate(rand([1, 3, 12, 12], generator: generator), size: [height, width], mode: InterpolationMode.Bilinear, align_corners: false).contiguous();
        using OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Cpu));
        using OnnxBinding binding = session.Bind((DetectorGraph.Input, [1, 3, height, width]));
        Span<float> input = binding.Input(DetectorGraph.Input).Floats;
        float[] numbers = TensorFile.Numbers(picture);
        for (int i = 0; i < numbers.Length; i++)
        {
            input[i] = numbers[i] * 255;
        }

        binding.Run();
        Tensor[] levels = network.forward(picture);
        double largest = 0;
        using TorchSharp.Scalar exponent = DetectorGraph.Exponent(leastScore);
        for (int level = 0; level < levels.Length; level++)
        {
            Tensor rows = levels[level].permute(0, 2, 3, 1).reshape(1, -1, DetectorNetwork.Channels);
            foreach (var (stem, from, to) in DetectorGraph.Outputs)
            {
                Tensor wanted = rows.narrow(2, from, to - from);
                float[] expected = TensorFile.Numbers(from < 2 ? wanted.sigmoid().pow(exponent) : wanted);
                ReadOnlySpan<float> found = binding.Output(FormattableString.Invariant($"{stem}_{DetectorNetwork.Strides[level]}")).Floats;
                for (int i = 0; i < expected.Length; i++)
                {
                    // Max keeps a NaN, so that a broken file cannot pass.
                    largest = Math.Max(largest, Math.Abs(expected[i] - found[i]));
                }
            }
        }

        return largest;
    }
}
