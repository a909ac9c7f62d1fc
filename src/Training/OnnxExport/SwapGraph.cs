using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>A one-shot generator under <see cref="OneShotContract"/>. Mirrors <see cref="SwapNetwork"/> step by step.</summary>
internal static class SwapGraph
{
    /// <summary>The generator for crops of the network's own side, or of twice that.</summary>
    public static byte[] Build(SwapNetwork network, int side, bool halfWeights, IReadOnlyDictionary<string, string> metadata)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(halfWeights);
        int inner = network.Shape.Resolution;
        bool twice = side == 2 * inner;
        string target = graph.Transpose(graph.Input(OneShotContract.Target, 1, side, side, 3), 0, 3, 1, 2);
        string source = graph.Input(OneShotContract.Source, 1, FaceTexture.Planes, side, side);
        string small = twice ? graph.Pool(target, 2) : target, smallSource = twice ? graph.Pool(source, 2) : source;
        string light = Light(graph, small, smallSource, inner / SwapNetwork.LightCells), smallWhere = graph.Part(smallSource, 1, FaceTexture.SkinPlane, FaceTexture.Planes);
        string known = graph.Part(smallSource, 1, FaceTexture.TrustPlane, FaceTexture.Planes);
        string smallMixture = Between(small, Lit(smallSource, inner), smallWhere), begun = graph.Shift(smallMixture, -0.5f), bare = graph.Shift(Between(small, Blurred(small, SwapNetwork.BlurCells), smallWhere), -0.5f);

        string face = Layers(graph, graph.Concat(graph.Concat(bare, begun), known), network.FaceLadder);
        string mask = Layers(graph, graph.Concat(graph.Concat(graph.Shift(small, -0.5f), begun), known), network.MaskLadder);
        string sure = graph.Multiply(smallWhere, graph.Clip(graph.Scale(graph.Part(smallSource, 1, FaceTexture.TrustPlane, FaceTexture.TrustPlane + 1), SwapNetwork.SureFactor), 0, 1));
        string unsure = graph.Shift(graph.Scale(sure, -1), 1);
        string change = Enlarged(Blurred(Planes(face, network.FaceLadder, SwapNetwork.ChangePlane, 3), SwapNetwork.LightCells)), shown = Enlarged(graph.Sigmoid(Planes(mask, network.MaskLadder, 0, 1)));
        string move = Enlarged(graph.Multiply(graph.Scale(graph.Tanh(Planes(face, network.FaceLadder, SwapNetwork.MovePlane, 2)), SwapNetwork.FarthestMove), unsure));
        string mixture = twice ? Between(target, Lit(source, side), graph.Part(source, 1, FaceTexture.SkinPlane, FaceTexture.Planes)) : smallMixture;
        string moved = graph.GridSample(mixture, graph.Add(graph.Transpose(move, 0, 2, 3, 1), graph.Fixed(SwapNetwork.Grid(side))));
        string paint = Enlarged(graph.Add(smallMixture, Planes(face, network.FaceLadder, SwapNetwork.PaintPlane, 3)));
        string painted = Enlarged(graph.Multiply(graph.Sigmoid(graph.Shift(Planes(face, network.FaceLadder, SwapNetwork.ShownPlane, 1), SwapNetwork.PaintBias)), unsure));
        graph.Output(graph.Transpose(graph.ClipToUnit(Between(graph.Add(moved, change), paint, painted)), 0, 2, 3, 1), OneShotContract.Face, 1, side, side, 3);
        graph.Output(graph.Transpose(shown, 0, 2, 3, 1), OneShotContract.Mask, 1, side, side, 1);
        return graph.ToModel("videogaze-swap", metadata, OnnxGraph.OperatorsWithGridSample);

        string Between(string from, string to, string share) => graph.Add(from, graph.Multiply(graph.Subtract(to, from), share));

        string Blurred(string planes, int cells) => graph.Enlarge(graph.Pool(planes, inner / cells), inner / cells);

        string Lit(string planes, int planesSide) => graph.Multiply(graph.Part(planes, 1, 0, 3), graph.Enlarge(light, planesSide / SwapNetwork.LightCells));

        string Enlarged(string planes) => twice ? graph.Enlarge(planes, 2) : planes;

        // Each group of planes by its own rows of the head's weights: no slicing at run time.
        string Planes(string x, SwapLadder ladder, int plane, int planes)
        {
            Tensor[] rows = Head(ladder, plane, planes);
            return graph.PixelShuffle(graph.Conv(x, rows[0], rows[1], ladder.Head.Kernel, ladder.Head.Stride), SwapLadder.Subpixels);
        }
    }

    /// <summary>The trained tensors in the order in which <see cref="Build"/> writes them; those of heads are parts of the layers' own, so that what is written into them arrives there.</summary>
    public static IEnumerable<Tensor> Weights(SwapNetwork network)
    {
        SwapLadder face = network.FaceLadder, mask = network.MaskLadder;
        return
        [
            .. Layers(face).Concat(Layers(mask)).SelectMany(layer => new[] { layer.Weight, layer.Bias }),
            .. Head(face, SwapNetwork.ChangePlane, 3), .. Head(mask, 0, 1), .. Head(face, SwapNetwork.MovePlane, 2),
            .. Head(face, SwapNetwork.PaintPlane, 3), .. Head(face, SwapNetwork.ShownPlane, 1),
        ];

        static IEnumerable<Convolution> Layers(SwapLadder ladder) =>
        [
            .. ladder.Descent.Levels.SelectMany(level => level.Residual is { } residual ? [level.Down, residual.First, residual.Second] : new[] { level.Down }),
            .. ladder.Lowest.SelectMany(block => new[] { block.First, block.Second }),
            .. ladder.Ascents.SelectMany(ascent => new[] { ascent.Up.Conv, ascent.Skip, ascent.Block.First, ascent.Block.Second }),
        ];
    }

    /// <summary>The rows of a head's weights and biases that make some of its planes.</summary>
    private static Tensor[] Head(SwapLadder ladder, int plane, int planes)
    {
        const int Places = SwapLadder.Subpixels * SwapLadder.Subpixels;
        return [ladder.Head.Weight.narrow(0, plane * Places, planes * Places), ladder.Head.Bias.narrow(0, plane * Places, planes * Places)];
    }

    private static string Light(OnnxGraph graph, string target, string source, int cell)
    {
        string weight = graph.Multiply(graph.Part(source, 1, FaceTexture.TrustPlane, FaceTexture.TrustPlane + 1), graph.Part(source, 1, FaceTexture.SkinPlane, FaceTexture.SkinPlane + 1));
        return graph.Clip(graph.Divide(Means(target), Means(graph.Part(source, 1, 0, 3))), SwapNetwork.LeastGain, SwapNetwork.MostGain);

        string Means(string x)
        {
            string means = graph.Pool(graph.Multiply(x, weight), cell);
            return graph.Shift(graph.Add(means, graph.Scale(graph.Mean(means, 2, 3), SwapNetwork.SharedLight)), SwapNetwork.LeastLight);
        }
    }

    private static string Layers(OnnxGraph graph, string x, SwapLadder ladder)
    {
        List<string> seen = [];
        foreach (var (down, residual) in ladder.Descent.Levels)
        {
            x = graph.LeakyRelu(graph.Conv(x, down), 0.1f);
            x = residual is null ? x : Block(graph, x, residual);
            seen.Add(x);
        }

        foreach (Residual block in ladder.Lowest)
        {
            x = Block(graph, x, block);
        }

        for (int i = 0; i < ladder.Ascents.Count; i++)
        {
            SwapAscent ascent = ladder.Ascents[i];
            x = graph.PixelShuffle(graph.LeakyRelu(graph.Conv(x, ascent.Up.Conv), 0.1f));
            x = Block(graph, graph.Add(x, graph.Conv(seen[^(i + 2)], ascent.Skip)), ascent.Block);
        }

        return x;
    }

    private static string Block(OnnxGraph graph, string x, Residual residual) =>
        graph.LeakyRelu(graph.Add(graph.Conv(graph.LeakyRelu(graph.Conv(x, residual.First), 0.2f), residual.Second), x), 0.2f);
}
