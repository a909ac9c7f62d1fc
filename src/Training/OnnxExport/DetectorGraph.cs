using VideoGaze.Training.Networks;

namespace VideoGaze.Training.OnnxExport;

/// <summary>
/// A detector under YuNet's contract: <c>input</c> (N, 3, H, W) BGR 0..255; for each stride s <c>cls_s</c> and <c>obj_s</c> (N, cells, 1) in [0, 1] whose product is the score,
/// <c>bbox_s</c> (N, cells, 4) and <c>kps_s</c> (N, cells, 10) in strides from the cell's corner. Mirrors <see cref="DetectorNetwork.forward"/> layer by layer.
/// </summary>
internal static class DetectorGraph
{
    /// <summary>Name of the input.</summary>
    public const string Input = "input";

    /// <summary>First and last channel of each output, by the stem of its name.</summary>
    public static readonly IReadOnlyList<(string Stem, int From, int To)> Outputs = [("cls", 0, 1), ("obj", 1, 2), ("bbox", 2, 6), ("kps", 6, 16)];

    /// <summary>The score from which users of the contract take an answer for a face.</summary>
    public const double UsualLeastScore = 0.6;

    /// <summary>Builds the file.</summary>
    /// <param name="network">Its weights.</param>
    /// <param name="metadata">Entries of the file.</param>
    /// <param name="leastScore">The network's score that the file gives as <see cref="UsualLeastScore"/>.</param>
    public static byte[] Build(DetectorNetwork network, IReadOnlyDictionary<string, string> metadata, double leastScore = UsualLeastScore)
    {
        float exponent = Exponent(leastScore);
        var graph = new OnnxGraph(halfWeights: false);
        string picture = graph.Input(Input, 0, 3, 0, 0);
        string at8 = Through(graph, picture, network.Trunk8, 3, inputScale: 1 / 255.0);
        string at16 = Through(graph, at8, network.Trunk16, network.Trunk8[^1].Outputs);
        string at32 = Through(graph, at16, network.Trunk32, network.Trunk16[^1].Outputs);
        string top = graph.Conv(at32, network.Side32);
        string middle = graph.Add(graph.Conv(at16, network.Side16), graph.Double(top));
        string fine = graph.Add(graph.Conv(at8, network.Side8), graph.Double(middle));
        string[] levels = [fine, middle, top];
        var maps = new List<string>();
        for (int i = 0; i < levels.Length; i++)
        {
            string map = graph.Conv(graph.Conv(levels[i], network.Mixers[i]), network.Heads[i]);
            maps.Add(graph.Reshape(graph.Transpose(map, 0, 2, 3, 1), 0, -1, DetectorNetwork.Channels));
        }

        // YuNet's order of outputs: all levels of one kind, then the next kind.
        foreach (var (stem, from, to) in Outputs)
        {
            for (int i = 0; i < levels.Length; i++)
            {
                string values = graph.Last(maps[i], from, to);
                string score = from < 2 ? graph.Sigmoid(values) : values;
                graph.Output(from < 2 && exponent != 1 ? graph.Power(score, exponent) : score, FormattableString.Invariant($"{stem}_{DetectorNetwork.Strides[i]}"), 0, 0, to - from);
            }
        }

        return graph.ToModel("videogaze-detector", metadata);
    }

    /// <summary>The power that makes one score of the usual one and leaves 0 and 1 as they are. A score is a product: both factors are raised.</summary>
    public static float Exponent(double leastScore) => (float)(Math.Log(UsualLeastScore) / Math.Log(leastScore));

    private static string Through(OnnxGraph graph, string x, IReadOnlyList<ConvolutionUnit> units, int channels, double inputScale = 1)
    {
        foreach (ConvolutionUnit unit in units)
        {
            string y = graph.Conv(x, unit, inputScale);
            x = DetectorNetwork.IsResidual(unit, channels, unit.Outputs) ? graph.Add(y, x) : y;
            (channels, inputScale) = (unit.Outputs, 1);
        }

        return x;
    }
}
