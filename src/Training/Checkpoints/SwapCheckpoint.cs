using System.Globalization;
using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Checkpoints;

/// <summary>All that the one-shot generator's training needs to go on exactly: weights, optimiser state, step and shape. The data order follows from the step.</summary>
internal static class SwapCheckpoint
{
    /// <summary>Writes the file whole or not at all.</summary>
    public static void Save(string path, SwapNetwork network, MomentOptimizer optimizer, int step) => TensorFile.Save(
        path,
        Weights(network).Select(entry => KeyValuePair.Create(entry.Name, entry.Value)).Concat(optimizer.State()),
        new Dictionary<string, string>
        {
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
            ["swapShape"] = JsonSerializer.Serialize(network.Shape),
        });

    /// <summary>Fills the network and, where given, the optimiser; returns the step.</summary>
    /// <exception cref="UserFacingException">The file is damaged or of another shape.</exception>
    public static int Load(string path, SwapNetwork network, MomentOptimizer? optimizer)
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = TensorFile.Load(path);
        SwapShape shape = ShapeOf(metadata, path);
        if (shape != network.Shape)
        {
            throw new UserFacingException(FailureKind.Usage, $"{path} is of {shape}, not of the dimensions asked for; use those or another output folder.");
        }

        TensorFile.CopyInto(tensors, Weights(network), path);
        if (optimizer is not null)
        {
            TensorFile.CopyInto(tensors, optimizer.State().Select(entry => (entry.Key, entry.Value)), path);
        }

        return int.Parse(metadata["step"], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Takes what a network has in common with that of a checkpoint, by name and shape: of another resolution all but the outermost layers. The rest stays as it is.
    /// </summary>
    /// <returns>Share of the network's numbers that were taken.</returns>
    /// <exception cref="UserFacingException">The file is damaged or no such checkpoint, or the two have nothing in common.</exception>
    public static double LoadShared(string path, SwapNetwork network)
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = TensorFile.Load(path);
        SwapShape shape = ShapeOf(metadata, path);
        List<(string Name, Tensor Value)> all = [.. Weights(network)];
        List<(string Name, Tensor Value)> shared = [.. all.Where(entry => tensors.TryGetValue(entry.Name, out Tensor? value) && value.shape.SequenceEqual(entry.Value.shape))];
        if (shared.Count == 0)
        {
            throw new UserFacingException(FailureKind.Usage, $"{path} is of {shape}: no layer of it fits the dimensions asked for.");
        }

        TensorFile.CopyInto(tensors, shared, path);
        return (double)shared.Sum(entry => entry.Value.numel()) / all.Sum(entry => entry.Value.numel());
    }

    /// <summary>Whether a file is such a checkpoint; a damaged file is none.</summary>
    public static bool Is(string path)
    {
        try
        {
            return TensorFile.Metadata(path).ContainsKey("swapShape");
        }
        catch (UserFacingException)
        {
            return false;
        }
    }

    /// <summary>A network of the file's own shape with its weights, for use and not for training, and the step.</summary>
    public static (SwapNetwork Network, int Step) Open(string path)
    {
        var network = new SwapNetwork(ShapeOf(TensorFile.Metadata(path), path));
        network.eval();
        return (network, Load(path, network, null));
    }

    private static IEnumerable<(string Name, Tensor Value)> Weights(SwapNetwork network) =>
        network.named_parameters().Select(entry => ("net." + entry.name, (Tensor)entry.parameter)).Concat(network.named_buffers().Select(entry => ("net." + entry.name, entry.buffer)));

    private static SwapShape ShapeOf(Dictionary<string, string> metadata, string path) =>
        metadata.TryGetValue("swapShape", out string? json) && JsonSerializer.Deserialize<SwapShape>(json) is { } shape
            ? shape
            : throw new UserFacingException(FailureKind.InputDamaged, $"{path} is no checkpoint of a one-shot generator.");
}
