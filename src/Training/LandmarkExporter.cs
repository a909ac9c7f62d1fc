using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data.Landmarks;
using VideoGaze.Training.Networks.Landmarks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Writes a landmark network as ONNX and proves that the file computes the same.</summary>
internal static class LandmarkExporter
{
    /// <summary>Exports, checks in ONNX Runtime, and only then puts the file in its place. The network's weights are rounded to 16 bits, as in the file.</summary>
    /// <returns>Largest difference of any output value.</returns>
    public static double Export(LandmarkNetwork network, string output, IReadOnlyDictionary<string, string> metadata)
    {
        using (no_grad())
        {
            using var scope = NewDisposeScope();
            foreach (var parameter in network.parameters())
            {
                parameter.copy_(parameter.to(float16).to(float32));
            }
        }

        string partial = output + ".partial";
        File.WriteAllBytes(partial, LandmarkGraph.Build(network, metadata));
        double difference = LargestDifference(partial, network);
        if (!(difference <= GeneratorExporter.Tolerance))
        {
            File.Delete(partial);
            throw new InvalidOperationException($"The exported file differs from the network by {difference}, more than {GeneratorExporter.Tolerance}.");
        }

        File.Move(partial, output, overwrite: true);
        return difference;
    }

    /// <summary>Runs both on three random pictures as smooth as faces are.</summary>
    internal static double LargestDifference(string path, LandmarkNetwork network)
    {
        using var file = FloatNetwork.Open(path);
        using var noGradient = no_grad();
        using var generator = new Generator(7);
        double largest = 0;
        for (int i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            Tensor crop = nn.functional.interpolate(rand([1, 3, 8, 8], generator: generator), size: [LandmarkNetwork.InputSide, LandmarkNetwork.InputSide], mode: InterpolationMode.Bilinear, align_corners: false).contiguous();
            TensorFile.Numbers(crop).CopyTo(file.Input("crop"));
            file.Run();
            LandmarkOutput wanted = network.forward(nn.functional.avg_pool2d(crop, 2));
            (string Name, Tensor Value)[] outputs =
            [
                ("mesh", wanted.Points.narrow(1, 0, LandmarkTargets.MeshNumbers)),
                ("landmarks", wanted.Points.narrow(1, LandmarkTargets.MeshNumbers, IbugLandmarks.Count * 2)),
                ("openness", wanted.State.narrow(1, 0, 2)),
                ("presence", wanted.State.narrow(1, 2, 1).sigmoid()),
            ];
            foreach (var (name, value) in outputs)
            {
                float[] expected = TensorFile.Numbers(value);
                ReadOnlySpan<float> found = file.Output(name);
                for (int k = 0; k < expected.Length; k++)
                {
                    // Max keeps a NaN, so that a broken file cannot pass.
                    largest = Math.Max(largest, Math.Abs(expected[k] - found[k]));
                }
            }
        }

        return largest;
    }
}
