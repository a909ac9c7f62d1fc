using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Data.Landmarks;
using VideoGaze.Training.Networks;
using VideoGaze.Training.Networks.Landmarks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>
/// The landmark network under its contract: <c>crop</c> (1, 3, 256, 256) RGB in [0, 1], cut like MediaPipe's; <c>mesh</c> (1, 478, 3) and <c>landmarks</c> (1, 68, 2) in
/// crop sides, depth in the same unit; <c>openness</c> (1, 2), image-left eye first, 0 shut, 1 at rest; <c>presence</c> (1, 1), probability of a face.
/// Mirrors <see cref="LandmarkNetwork.forward"/> layer by layer, behind means of 2x2 pixels.
/// </summary>
internal static class LandmarkGraph
{
    private const float Slope = 0.1f;

    /// <summary>Builds the file, weights in 16 bits.</summary>
    public static byte[] Build(LandmarkNetwork network, IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph(halfWeights: true);
        string x = graph.Offset(graph.Halve(graph.Input("crop", 1, 3, LandmarkNetwork.InputSide, LandmarkNetwork.InputSide)), -0.5f), eyes = x, map = x, eyeMap = x;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            x = network.Layers[i] switch
            {
                Bottleneck block => Around(graph, x, block),
                Convolution layer => graph.LeakyRelu(graph.Conv(x, layer), Slope),
                var other => throw new NotSupportedException($"No ONNX for a {other.GetType().Name}."),
            };
            if (i == LandmarkNetwork.BranchesAfter)
            {
                (map, eyeMap) = (x, Region(graph, x, network.EyeBranch));
            }

            if (i == LandmarkNetwork.EyesAfter)
            {
                eyes = graph.LeakyRelu(graph.Conv(graph.Part(x, axis: 2, LandmarkNetwork.EyeRowFrom, LandmarkNetwork.EyeRowTo), network.Eyes), Slope);
            }
        }

        string face = graph.Gemm(graph.Reshape(x, 1, -1), network.FaceCode);
        string code = graph.LeakyRelu(graph.Add(face, graph.Gemm(graph.Reshape(eyes, 1, -1), network.EyeCode)), Slope);
        string eyeCode = graph.LeakyRelu(graph.Gemm(graph.Reshape(eyeMap, 1, -1), network.EyeBranch.Code), Slope);
        string points = graph.Add(graph.Gemm(graph.Gemm(code, network.Coefficients), network.ShapePoints), graph.Gemm(eyeCode, network.EyeBranch.Points));
        string state = graph.Add(graph.Gemm(code, network.State), graph.Gemm(eyeCode, network.EyeBranchState));
        string lowerCode = graph.LeakyRelu(graph.Gemm(graph.Reshape(Region(graph, map, network.LowerBranch), 1, -1), network.LowerBranch.Code), Slope);
        points = graph.Add(points, graph.Gemm(lowerCode, network.LowerBranch.Points));
        graph.Output(graph.Reshape(graph.Part(points, 1, 0, LandmarkTargets.MeshNumbers), 1, FaceMesh.PointCount, 3), "mesh", 1, FaceMesh.PointCount, 3);
        string landmarks = graph.Part(points, 1, LandmarkTargets.MeshNumbers, LandmarkTargets.MeshNumbers + LandmarkTargets.LandmarkNumbers);
        graph.Output(graph.Reshape(landmarks, 1, IbugLandmarks.Count, 2), "landmarks", 1, IbugLandmarks.Count, 2);
        graph.Output(graph.Part(state, 1, 0, 2), "openness", 1, 2);
        graph.Output(graph.Sigmoid(graph.Part(state, 1, 2, 3)), "presence", 1, 1);
        return graph.ToModel("videogaze-landmarks", metadata);
    }

    /// <summary>The trained tensors in the order in which <see cref="Build"/> writes them: an earlier form of the network, without the branch of nose and mouth, wrote the first of them.</summary>
    public static IEnumerable<Tensor> Weights(LandmarkNetwork network)
    {
        List<Tensor> weights = [];
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Add(network.Layers[i] switch
            {
                Bottleneck block => [block.Reduce, block.Look, block.Expand],
                Convolution layer => [layer],
                var other => throw new NotSupportedException($"No ONNX for a {other.GetType().Name}."),
            });
            Add(i == LandmarkNetwork.BranchesAfter ? [network.EyeBranch.First, network.EyeBranch.Second] : i == LandmarkNetwork.EyesAfter ? [network.Eyes] : []);
        }

        Dense[] dense = [network.FaceCode, network.EyeCode, network.EyeBranch.Code, network.Coefficients, network.ShapePoints, network.EyeBranch.Points, network.State, network.EyeBranchState];
        weights.AddRange(dense.SelectMany(layer => new[] { layer.Weight, layer.Bias }));
        RegionBranch lower = network.LowerBranch;
        Add([lower.First, lower.Second]);
        return [.. weights, lower.Code.Weight, lower.Code.Bias, lower.Points.Weight, lower.Points.Bias];

        void Add(IEnumerable<Convolution> layers) => weights.AddRange(layers.SelectMany(layer => new[] { layer.Weight, layer.Bias }));
    }

    private static string Region(OnnxGraph graph, string map, RegionBranch branch) =>
        graph.LeakyRelu(graph.Conv(graph.LeakyRelu(graph.Conv(graph.Part(map, axis: 2, branch.From, branch.To), branch.First), Slope), branch.Second), Slope);

    private static string Around(OnnxGraph graph, string x, Bottleneck block)
    {
        string inner = graph.LeakyRelu(graph.Conv(graph.LeakyRelu(graph.Conv(x, block.Reduce), Slope), block.Look), Slope);
        return graph.LeakyRelu(graph.Add(graph.Conv(inner, block.Expand), x), Slope);
    }
}
