using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Data.Landmarks;
using VideoGaze.Training.Networks;
using VideoGaze.Training.Networks.Landmarks;

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
        string x = graph.Offset(graph.Halve(graph.Input("crop", 1, 3, LandmarkNetwork.InputSide, LandmarkNetwork.InputSide)), -0.5f), eyes = x, detail = x;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            x = network.Layers[i] switch
            {
                Bottleneck block => Around(graph, x, block),
                Convolution layer => graph.LeakyRelu(graph.Conv(x, layer), Slope),
                var other => throw new NotSupportedException($"No ONNX for a {other.GetType().Name}."),
            };
            if (i == LandmarkNetwork.DetailAfter)
            {
                detail = graph.Part(x, axis: 2, LandmarkNetwork.DetailRowFrom, LandmarkNetwork.DetailRowTo);
                detail = graph.LeakyRelu(graph.Conv(graph.LeakyRelu(graph.Conv(detail, network.Detail1), Slope), network.Detail2), Slope);
            }

            if (i == LandmarkNetwork.EyesAfter)
            {
                eyes = graph.LeakyRelu(graph.Conv(graph.Part(x, axis: 2, LandmarkNetwork.EyeRowFrom, LandmarkNetwork.EyeRowTo), network.Eyes), Slope);
            }
        }

        string face = graph.Gemm(graph.Reshape(x, 1, -1), network.FaceCode);
        string code = graph.LeakyRelu(graph.Add(face, graph.Gemm(graph.Reshape(eyes, 1, -1), network.EyeCode)), Slope);
        detail = graph.LeakyRelu(graph.Gemm(graph.Reshape(detail, 1, -1), network.DetailCode), Slope);
        string points = graph.Add(graph.Gemm(graph.Gemm(code, network.Coefficients), network.ShapePoints), graph.Gemm(detail, network.DetailPoints));
        string state = graph.Add(graph.Gemm(code, network.State), graph.Gemm(detail, network.DetailState));
        graph.Output(graph.Reshape(graph.Part(points, 1, 0, LandmarkTargets.MeshNumbers), 1, FaceMesh.PointCount, 3), "mesh", 1, FaceMesh.PointCount, 3);
        string landmarks = graph.Part(points, 1, LandmarkTargets.MeshNumbers, LandmarkTargets.MeshNumbers + LandmarkTargets.LandmarkNumbers);
        graph.Output(graph.Reshape(landmarks, 1, IbugLandmarks.Count, 2), "landmarks", 1, IbugLandmarks.Count, 2);
        graph.Output(graph.Part(state, 1, 0, 2), "openness", 1, 2);
        graph.Output(graph.Sigmoid(graph.Part(state, 1, 2, 3)), "presence", 1, 1);
        return graph.ToModel("videogaze-landmarks", metadata);
    }

    private static string Around(OnnxGraph graph, string x, Bottleneck block)
    {
        string inner = graph.LeakyRelu(graph.Conv(graph.LeakyRelu(graph.Conv(x, block.Reduce), Slope), block.Look), Slope);
        return graph.LeakyRelu(graph.Add(graph.Conv(inner, block.Expand), x), Slope);
    }
}
