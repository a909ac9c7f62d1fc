using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks.Landmarks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>Takes the weights of a landmark network back out of its ONNX file, so that what ships can be trained further.</summary>
internal static class LandmarkWeights
{
    /// <summary>Fills a network; layers that the file lacks, because an earlier form of the network wrote it, begin anew.</summary>
    /// <exception cref="UserFacingException">The file is missing, or no landmark network of this project.</exception>
    public static void Load(string path, LandmarkNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        if (!TrainedTensors.Read(path).TryCopyInto([.. LandmarkGraph.Weights(network)]))
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"{path} is no landmark network of \"videogaze train landmarks\"; name its ONNX file or a checkpoint.");
        }
    }
}
