using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>Takes the weights of the gaze network that ships back out of its ONNX file, so that it can be trained further.</summary>
internal static class EyesWeights
{
    /// <summary>Fills a network.</summary>
    /// <exception cref="UserFacingException">The file is missing, or no network of "videogaze train gaze".</exception>
    public static void Load(string path, EyesNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        List<Tensor> wanted = [.. EyesGraph.Weights(network)];
        TrainedTensors file = TrainedTensors.Read(path);
        if (file.Weights.Count != wanted.Count || !file.TryCopyInto(wanted))
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"{path} is no network of \"videogaze train gaze\"; name its ONNX file or a checkpoint.");
        }
    }
}
