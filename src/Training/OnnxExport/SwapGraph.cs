using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>A one-shot generator under <see cref="OneShotContract"/>. Mirrors <see cref="SwapNetwork"/> layer by layer.</summary>
internal static class SwapGraph
{
    /// <summary>The generator for crops of the network's own side, or of twice that.</summary>
    public static byte[] Build(SwapNetwork network, int side, bool halfWeights, IReadOnlyDictionary<string, string> metadata)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(halfWeights);
        bool twice = side == 2 * network.Shape.Resolution;
        string target = graph.Transpose(graph.Input(OneShotContract.Target, 1, side, side, 3), 0, 3, 1, 2);
        string source = graph.Input(OneShotContract.Source, 1, FaceTexture.Planes, side, side);
        string small = twice ? graph.Halve(target) : target, smallSource = twice ? graph.Halve(source) : source;
        string smallTrust = graph.Part(smallSource, 1, 3, 4);
        string light = Light(graph, small, smallSource, smallTrust, network.Shape.Resolution / SwapNetwork.LightCells);
        string skin = Lit(source, side), smallSkin = twice ? Lit(smallSource, network.Shape.Resolution) : skin;
        string shown = graph.Add(graph.Multiply(graph.Subtract(smallSkin, small), graph.Sign(smallTrust)), small);
        string x = graph.Concat(graph.Concat(graph.Shift(small, -0.5f), graph.Shift(shown, -0.5f)), graph.Part(smallSource, 1, 3, FaceTexture.Planes));
        x = Layers(graph, x, network);
        string shares = Enlarged(graph.Sigmoid(Head(SwapNetwork.SharePlane, 1))), change = Enlarged(Head(SwapNetwork.ChangePlane, 3)), mask = Enlarged(graph.Sigmoid(Head(SwapNetwork.MaskPlane, 1)));
        string taken = graph.Multiply(shares, graph.Sign(graph.Part(source, 1, 3, 4)));
        string mixture = graph.Add(target, graph.Multiply(graph.Subtract(skin, target), taken));
        string move = Enlarged(graph.Scale(graph.Tanh(Head(SwapNetwork.MovePlane, 2)), SwapNetwork.FarthestMove));
        string moved = graph.GridSample(mixture, graph.Add(graph.Transpose(move, 0, 2, 3, 1), graph.Fixed(SwapNetwork.Grid(side))));
        string face = graph.ClipToUnit(graph.Add(moved, change));
        graph.Output(graph.Transpose(face, 0, 2, 3, 1), OneShotContract.Face, 1, side, side, 3);
        graph.Output(graph.Transpose(mask, 0, 2, 3, 1), OneShotContract.Mask, 1, side, side, 1);
        return graph.ToModel("videogaze-swap", metadata, OnnxGraph.OperatorsWithGridSample);

        string Lit(string planes, int planesSide) => graph.Multiply(graph.Part(planes, 1, 0, 3), graph.Enlarge(light, planesSide / SwapNetwork.LightCells));

        string Enlarged(string planes) => twice ? graph.Enlarge(planes, 2) : planes;

        // Each group of planes by its own rows of the head's weights: no slicing at run time.
        string Head(int plane, int planes)
        {
            const int Places = SwapNetwork.Subpixels * SwapNetwork.Subpixels;
            Tensor weight = network.Head.Weight.narrow(0, plane * Places, planes * Places), bias = network.Head.Bias.narrow(0, plane * Places, planes * Places);
            return graph.PixelShuffle(graph.Conv(x, weight, bias, network.Head.Kernel, network.Head.Stride), SwapNetwork.Subpixels);
        }
    }

    private static string Light(OnnxGraph graph, string target, string source, string weight, int cell)
    {
        return graph.Clip(graph.Divide(Means(target), Means(graph.Part(source, 1, 0, 3))), SwapNetwork.LeastGain, SwapNetwork.MostGain);

        string Means(string x)
        {
            string means = graph.Pool(graph.Multiply(x, weight), cell);
            return graph.Shift(graph.Add(means, graph.Scale(graph.Mean(means, 2, 3), SwapNetwork.SharedLight)), SwapNetwork.LeastLight);
        }
    }

    private static string Layers(OnnxGraph graph, string x, SwapNetwork network)
    {
        List<string> seen = [];
        foreach (var (down, residual) in network.Descent.Levels)
        {
            x = graph.LeakyRelu(graph.Conv(x, down), 0.1f);
            x = residual is null ? x : Block(graph, x, residual);
            seen.Add(x);
        }

        foreach (Residual block in network.Lowest)
        {
            x = Block(graph, x, block);
        }

        for (int i = 0; i < network.Ascents.Count; i++)
        {
            SwapAscent ascent = network.Ascents[i];
            x = graph.PixelShuffle(graph.LeakyRelu(graph.Conv(x, ascent.Up.Conv), 0.1f));
            x = Block(graph, graph.Add(x, graph.Conv(seen[^(i + 2)], ascent.Skip)), ascent.Block);
        }

        return x;
    }

    private static string Block(OnnxGraph graph, string x, Residual residual) =>
        graph.LeakyRelu(graph.Add(graph.Conv(graph.LeakyRelu(graph.Conv(x, residual.First), 0.2f), residual.Second), x), 0.2f);
}
