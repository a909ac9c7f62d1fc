using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>Takes an exported identity network to look through: no checkpoint ships.</summary>
internal static class IdentityWeights
{
    /// <summary>The network of a file, frozen, where networks train.</summary>
    /// <exception cref="UserFacingException">The file is missing, or no identity network of this program.</exception>
    public static IdentityNetwork LoadFrozen(string path)
    {
        var network = new IdentityNetwork();
        using (NewDisposeScope())
        {
            IReadOnlyList<Tensor> file = TrainedTensors.Read(path).Weights;
            if (file.Count != 2 * network.Units.Count || !network.Units.Select((unit, i) => unit.TryFill(file[2 * i], file[(2 * i) + 1])).All(filled => filled))
            {
                network.Dispose();
                throw new UserFacingException(FailureKind.ModelInvalid, $"{path} is no identity network of \"videogaze train identity\".");
            }
        }

        // Tensors that are moved are new ones: they must not be of the scope above.
        network.Freeze();
        TorchRuntime.Enter(network);
        return network;
    }
}
