using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>
/// <see cref="EyesNetwork"/> for one face: <c>eyes</c> (2, 3, 48, 64), RGB in [0, 1], the left eye and the mirrored right one; <c>heads</c> (2, 2), yaw and pitch in radians, the
/// yaw of the second row with its sign changed; <c>answers</c> (2, 22) as <see cref="EyesNetwork.Outputs"/> lists them. Both eyes in one run.
/// </summary>
internal static class EyesGraph
{
    /// <summary>Names of inputs and output.</summary>
    public const string Eyes = "eyes", Heads = "heads", Answers = "answers";

    /// <summary>Builds the file.</summary>
    public static byte[] Build(EyesNetwork network, bool halfWeights, IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph(halfWeights);
        string x = graph.Standardise(graph.Input(Eyes, 2, 3, EyesNetwork.Height, EyesNetwork.Width), EyesNetwork.LeastContrast, 1, 2, 3);
        string heads = graph.Input(Heads, 2, 2);
        x = Active(graph, graph.Conv(x, network.Down1));
        x = Through(graph, Active(graph, graph.Conv(x, network.Down2)), network.Residual2);
        x = Through(graph, Active(graph, graph.Conv(x, network.Down3)), network.Residual3);
        x = Active(graph, graph.Conv(x, network.Down4));
        string code = Active(graph, graph.Gemm(graph.Reshape(x, 2, -1), network.Code));
        string mixed = graph.Concat(graph.Concat(code, graph.Rows(code, 1, 0)), heads);
        string gaze = graph.Gemm(Active(graph, graph.Gemm(mixed, network.Mix)), network.Gaze);
        graph.Output(graph.Concat(gaze, graph.Gemm(code, network.Place)), Answers, 2, EyesNetwork.Outputs);
        return graph.ToModel("videogaze-eyes", metadata);
    }

    /// <summary>The trained tensors in the order in which <see cref="Build"/> writes them.</summary>
    public static IEnumerable<Tensor> Weights(EyesNetwork network) =>
    [
        .. new[] { network.Down1, network.Down2, network.Residual2.First, network.Residual2.Second, network.Down3, network.Residual3.First, network.Residual3.Second, network.Down4 }
            .SelectMany(layer => new[] { layer.Weight, layer.Bias }),
        .. new[] { network.Code, network.Mix, network.Gaze, network.Place }.SelectMany(layer => new[] { layer.Weight, layer.Bias }),
    ];

    private static string Active(OnnxGraph graph, string x) => graph.LeakyRelu(x, 0.1f);

    private static string Through(OnnxGraph graph, string x, Residual residual) =>
        graph.LeakyRelu(graph.Add(graph.Conv(graph.LeakyRelu(graph.Conv(x, residual.First), 0.2f), residual.Second), x), 0.2f);
}
