using VideoGaze.Faces.Models;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>
/// An identity network under MobileFaceNet's contract: <c>input</c> (N, 3, 112, 112), BGR (value - 127.5) / 127.5, aligned to arcface_112_v2; <c>output</c> (N, 128), here of length 1 already.
/// Mirrors <see cref="IdentityNetwork.forward"/> layer by layer.
/// </summary>
internal static class IdentityGraph
{
    private const string Input = "input", Output = "output";

    /// <summary>Settles the network into what the file holds, exports, checks in ONNX Runtime, and only then puts the file in its place.</summary>
    /// <returns>Size and largest difference of any output value.</returns>
    public static (long Bytes, double LargestDifference) Write(IdentityNetwork network, IReadOnlyDictionary<string, string> metadata, string path)
    {
        network.Settle();
        string partial = path + ".partial";
        File.WriteAllBytes(partial, Build(network, metadata));
        double difference = LargestDifference(partial, network);
        if (!(difference <= GeneratorExporter.Tolerance))
        {
            File.Delete(partial);
            throw new InvalidOperationException($"The exported file differs from the network by {difference}, more than {GeneratorExporter.Tolerance}.");
        }

        File.Move(partial, path, overwrite: true);
        return (new FileInfo(path).Length, difference);
    }

    private static byte[] Build(IdentityNetwork network, IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph(halfWeights: true);
        string x = graph.Input(Input, 0, 3, IdentityNetwork.Side, IdentityNetwork.Side);
        int channels = 3;
        foreach (ConvolutionUnit unit in network.Units)
        {
            string y = graph.Conv(x, unit);
            x = IdentityNetwork.IsResidual(unit, channels) ? graph.Add(y, x) : y;
            channels = unit.Outputs;
        }

        graph.Output(graph.UnitLength(graph.Reshape(x, 0, IdentityNetwork.Features)), Output, 0, IdentityNetwork.Features);
        return graph.ToModel("videogaze-identity", metadata);
    }

    private static double LargestDifference(string path, IdentityNetwork network)
    {
        using var noGradient = no_grad();
        using var file = FloatNetwork.Open(path);
        using var generator = new Generator(7);
        double largest = 0;
        for (int i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            Tensor crop = nn.functional.interpolate(rand([1, 3, 10, 10], generator: generator), size: [IdentityNetwork.Side, IdentityNetwork.Side], mode: InterpolationMode.Bilinear, align_corners: false)
                .mul(Numbers.Two).sub(Numbers.One).contiguous();
            TensorFile.Numbers(crop).CopyTo(file.Input(Input));
            file.Run();
            float[] expected = TensorFile.Numbers(network.forward(crop));
            ReadOnlySpan<float> found = file.Output(Output);
            for (int k = 0; k < expected.Length; k++)
            {
                largest = Math.Max(largest, Math.Abs(expected[k] - found[k]));
            }
        }

        return largest;
    }
}
