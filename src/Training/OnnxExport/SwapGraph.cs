using VideoGaze.Faces.Models;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>The two files of a one-shot generator under <see cref="OneShotContract"/>. Mirrors <see cref="SwapSourceEncoder"/> and <see cref="SwapGenerator"/> layer by layer.</summary>
internal static class SwapGraph
{
    /// <summary>The encoder: photo to vector.</summary>
    public static byte[] BuildEncoder(SwapNetwork network, bool halfWeights, IReadOnlyDictionary<string, string> metadata)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(halfWeights);
        SwapSourceEncoder encoder = network.Encoder;
        int side = network.Shape.Resolution;
        string x = graph.Transpose(graph.Input(OneShotContract.Photo, 1, side, side, 3), 0, 3, 1, 2);
        x = Down(graph, x, encoder.Descent)[^1];
        x = graph.Gemm(graph.Reshape(graph.LeakyRelu(graph.Conv(x, encoder.Code), 0.1f), 1, SwapSourceEncoder.Features), encoder.Vector);
        graph.Output(graph.Affine(x, encoder.Norm.Deviation().reciprocal(), (encoder.Norm.Mean / encoder.Norm.Deviation()).neg()), OneShotContract.Identity, 1, network.Shape.IdentitySize);
        return graph.ToModel("videogaze-swap-source", metadata);
    }

    /// <summary>The generator: crop and vector to face and mask.</summary>
    public static byte[] BuildGenerator(SwapNetwork network, bool halfWeights, IReadOnlyDictionary<string, string> metadata)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(halfWeights);
        SwapGenerator generator = network.Generator;
        int side = network.Shape.Resolution;
        string target = graph.Transpose(graph.Input(OneShotContract.Target, 1, side, side, 3), 0, 3, 1, 2);
        string identity = graph.UnitMeanSquare(graph.Input(OneShotContract.Identity, 1, network.Shape.IdentitySize), SwapSourceEncoder.UnitEpsilon);
        List<string> seen = Down(graph, target, generator.Descent);
        string map = graph.Reshape(graph.Gemm(identity, generator.Map), 1, generator.MapChannels, SwapShape.LowestSide, SwapShape.LowestSide);
        string x = graph.LeakyRelu(graph.Conv(graph.Concat(seen[^1], map), generator.Merge), 0.1f);
        foreach (ModulatedResidual block in generator.Lowest)
        {
            x = Block(graph, x, identity, block);
        }

        for (int i = 0; i < generator.Ascents.Count; i++)
        {
            SwapAscent ascent = generator.Ascents[i];
            x = graph.PixelShuffle(graph.LeakyRelu(graph.Conv(x, ascent.Up.Conv), 0.1f));
            x = Block(graph, graph.Add(x, graph.Conv(seen[^(i + 2)], ascent.Skip)), identity, ascent.Block);
        }

        string face = graph.ClipToUnit(graph.Add(target, Head(SwapGenerator.ChangePlane, 3))), mask = graph.Sigmoid(Head(SwapGenerator.MaskPlane, 1));
        graph.Output(graph.Transpose(face, 0, 2, 3, 1), OneShotContract.Face, 1, side, side, 3);
        graph.Output(graph.Transpose(mask, 0, 2, 3, 1), OneShotContract.Mask, 1, side, side, 1);
        return graph.ToModel("videogaze-swap", metadata);

        // Each group of planes by its own rows of the head's weights: no slicing at run time.
        string Head(int plane, int planes)
        {
            const int Places = SwapGenerator.Subpixels * SwapGenerator.Subpixels;
            Tensor weight = generator.Head.Weight.narrow(0, plane * Places, planes * Places), bias = generator.Head.Bias.narrow(0, plane * Places, planes * Places);
            return graph.PixelShuffle(graph.Conv(x, weight, bias, generator.Head.Kernel, generator.Head.Stride), SwapGenerator.Subpixels);
        }
    }

    private static List<string> Down(OnnxGraph graph, string x, Descent descent)
    {
        List<string> maps = [];
        x = graph.Shift(x, -0.5f);
        foreach (var (down, residual) in descent.Levels)
        {
            x = graph.LeakyRelu(graph.Conv(x, down), 0.1f);
            x = residual is null ? x : Plain(graph, x, residual);
            maps.Add(x);
        }

        return maps;
    }

    private static string Plain(OnnxGraph graph, string x, Residual residual) =>
        graph.LeakyRelu(graph.Add(graph.Conv(graph.LeakyRelu(graph.Conv(x, residual.First), 0.2f), residual.Second), x), 0.2f);

    private static string Block(OnnxGraph graph, string x, string identity, ModulatedResidual block)
    {
        x = Modulated(graph, x, identity, block.Before);
        string y = graph.LeakyRelu(Modulated(graph, graph.Conv(x, block.First), identity, block.Between), 0.2f);
        return graph.LeakyRelu(graph.Add(graph.Conv(y, block.Second), x), 0.2f);
    }

    private static string Modulated(OnnxGraph graph, string x, string identity, Modulation modulation)
    {
        string factor = graph.Reshape(graph.Gemm(identity, modulation.Factor), 1, modulation.Channels, 1, 1);
        string offset = graph.Reshape(graph.Gemm(identity, modulation.Offset), 1, modulation.Channels, 1, 1);
        return graph.Add(graph.Multiply(x, factor), offset);
    }
}
