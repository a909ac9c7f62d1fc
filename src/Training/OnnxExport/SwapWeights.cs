using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>Takes an exported one-shot generator as a start for training: no checkpoint ships.</summary>
internal static class SwapWeights
{
    // Of the smallest map and its convolutions, see SwapShape.Channels.
    private const int LowestTimes = 6;

    /// <summary>The sizes of the network in a file.</summary>
    /// <exception cref="UserFacingException">It is missing, or no one-shot generator that <c>videogaze export</c> wrote.</exception>
    public static SwapShape ShapeOf(string path)
    {
        using var scope = NewDisposeScope();
        return ShapeOf(TrainedTensors.Read(path), path);
    }

    /// <summary>Fills a network.</summary>
    /// <exception cref="UserFacingException">As above, or it is of other sizes.</exception>
    public static void Load(string path, SwapNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        TrainedTensors file = TrainedTensors.Read(path);
        SwapShape shape = ShapeOf(file, path);
        List<Tensor> wanted = [.. SwapGraph.Weights(network)];
        if (shape != network.Shape || wanted.Count != file.Weights.Count || !file.TryCopyInto(wanted))
        {
            throw new UserFacingException(FailureKind.Usage, $"{path} is of {shape}, not of the dimensions asked for; use those.");
        }
    }

    private static SwapShape ShapeOf(TrainedTensors file, string path)
    {
        if (file.Contract is not { Id: OneShotContract.Id } contract)
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"{path} is no one-shot generator of \"videogaze export\".");
        }

        // Residual blocks keep their channels, and no map has as many as the smallest one.
        long lowest = file.Weights.Where(tensor => tensor.dim() == 4 && tensor.shape[0] == tensor.shape[1]).Max(tensor => tensor.shape[0]);
        return new(contract.Size / SwapExporter.Enlargement, (int)(lowest / LowestTimes));
    }
}
