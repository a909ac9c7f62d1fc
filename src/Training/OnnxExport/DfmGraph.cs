using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>
/// A pair's swap path under the DFM contract: <c>in_face:0</c> (1, R, R, 3) BGR in [0, 1]; outputs, in this order, <c>out_face_mask:0</c> (1, R, R, 1; the target's mask),
/// <c>out_celeb_face:0</c> (1, R, R, 3) and <c>out_celeb_face_mask:0</c> (1, R, R, 1). The network itself works channel-first; the transposes are in the graph.
/// Mirrors <see cref="PairAutoencoder.Swap"/> layer by layer.
/// </summary>
internal static class DfmGraph
{
    /// <summary>Name of the input.</summary>
    public const string Input = "in_face:0";

    /// <summary>Names of the outputs, in order.</summary>
    public static readonly IReadOnlyList<string> Outputs = ["out_face_mask:0", "out_celeb_face:0", "out_celeb_face_mask:0"];

    /// <summary>Builds the file.</summary>
    public static byte[] Build(PairAutoencoder network, bool halfWeights, IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph(halfWeights);
        int side = network.Shape.Resolution;
        string x = graph.Transpose(graph.Input(Input, 1, side, side, 3), 0, 3, 1, 2);
        string code = Encode(graph, x, network.Encoder, network.Shape.UnitCode);
        string shared = Through(graph, code, network.InterShared);
        string swapMap = shared, targetMap = shared;
        if (network.InterTarget is { } interTarget)
        {
            swapMap = graph.Concat(shared, shared);
            targetMap = graph.Concat(Through(graph, code, interTarget), shared);
        }

        string targetMask = Mask(graph, targetMap, network.DecoderTarget ?? network.DecoderSource);
        string face = Face(graph, swapMap, network.DecoderSource);
        string mask = Mask(graph, swapMap, network.DecoderSource);
        graph.Output(graph.Transpose(targetMask, 0, 2, 3, 1), Outputs[0], 1, side, side, 1);
        graph.Output(graph.Transpose(face, 0, 2, 3, 1), Outputs[1], 1, side, side, 3);
        graph.Output(graph.Transpose(mask, 0, 2, 3, 1), Outputs[2], 1, side, side, 1);
        return graph.ToModel("videogaze-" + network.Shape.Name, metadata);
    }

    /// <summary>The trained tensors in the order in which <see cref="Build"/> writes them.</summary>
    public static IEnumerable<Tensor> Weights(PairAutoencoder network)
    {
        IEnumerable<Convolution> masksOf(Decoder decoder) => [.. decoder.MaskUps.Select(up => up.Conv), decoder.MaskHead];
        Decoder source = network.DecoderSource;
        List<Inter> inters = network.InterTarget is null ? [network.InterShared] : [network.InterShared, network.InterTarget];
        return
        [
            .. network.Encoder.Downs.SelectMany(Both),
            .. inters.SelectMany(inter => new[] { inter.In.Weight, inter.In.Bias, inter.Out.Weight, inter.Out.Bias, inter.Up.Conv.Weight, inter.Up.Conv.Bias }),
            .. masksOf(network.DecoderTarget ?? source).SelectMany(Both),
            .. source.Ups.Zip(source.Residuals, (up, residual) => new[] { up.Conv, residual.First, residual.Second }).SelectMany(three => three).SelectMany(Both),
            .. Both(source.Head),
            .. masksOf(source).SelectMany(Both),
        ];
    }

    private static Tensor[] Both(Convolution layer) => [layer.Weight, layer.Bias];

    private static string Encode(OnnxGraph graph, string x, Encoder encoder, bool unitCode)
    {
        x = encoder.Halved ? graph.Halve(x) : x;
        foreach (Convolution down in encoder.Downs)
        {
            x = graph.LeakyRelu(graph.Conv(x, down), 0.1f);
        }

        x = graph.Reshape(x, 1, encoder.Features);
        return unitCode ? graph.UnitMeanSquare(x, Encoder.UnitEpsilon) : x;
    }

    private static string Through(OnnxGraph graph, string code, Inter inter) =>
        Double(graph, graph.Reshape(graph.Gemm(graph.Gemm(code, inter.In), inter.Out), 1, inter.Outputs, inter.Side, inter.Side), inter.Up);

    private static string Double(OnnxGraph graph, string x, Upscale up) => graph.PixelShuffle(graph.LeakyRelu(graph.Conv(x, up.Conv), 0.1f));

    private static string Face(OnnxGraph graph, string x, Decoder decoder)
    {
        for (int i = 0; i < decoder.Ups.Count; i++)
        {
            x = Double(graph, x, decoder.Ups[i]);
            Residual residual = decoder.Residuals[i];
            string branch = graph.Conv(graph.LeakyRelu(graph.Conv(x, residual.First), 0.2f), residual.Second);
            x = graph.LeakyRelu(graph.Add(branch, x), 0.2f);
        }

        return graph.Sigmoid(Shuffle(graph, graph.Conv(x, decoder.Head), decoder.Subpixels));
    }

    private static string Mask(OnnxGraph graph, string x, Decoder decoder)
    {
        foreach (Upscale up in decoder.MaskUps)
        {
            x = Double(graph, x, up);
        }

        return graph.Sigmoid(Shuffle(graph, graph.Conv(x, decoder.MaskHead), decoder.MaskSubpixels));
    }

    private static string Shuffle(OnnxGraph graph, string x, int subpixels) => subpixels > 1 ? graph.PixelShuffle(x, subpixels) : x;
}
