using System.Globalization;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks.Landmarks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Checkpoints;

/// <summary>All that a landmark training needs to go on exactly.</summary>
internal static class LandmarkCheckpoint
{
    /// <summary>Writes the file whole or not at all.</summary>
    public static void Save(string path, LandmarkNetwork network, MomentOptimizer optimizer, int step) => TensorFile.Save(
        path,
        network.named_parameters().Select(entry => KeyValuePair.Create("net." + entry.name, (Tensor)entry.parameter)).Concat(optimizer.State()),
        new Dictionary<string, string> { ["step"] = step.ToString(CultureInfo.InvariantCulture) });

    /// <summary>Fills what a network shares with an earlier form of it: layers the file lacks begin anew.</summary>
    public static void Begin(string path, LandmarkNetwork network)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = TensorFile.Load(path).Tensors;
        TensorFile.CopyInto(tensors, network.named_parameters().Select(entry => ("net." + entry.name, (Tensor)entry.parameter)).Where(entry => tensors.ContainsKey(entry.Item1)), path);
    }

    /// <summary>Fills the network and the optimiser; returns the step.</summary>
    public static int Load(string path, LandmarkNetwork network, MomentOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = TensorFile.Load(path);
        TensorFile.CopyInto(tensors, network.named_parameters().Select(entry => ("net." + entry.name, (Tensor)entry.parameter)), path);
        TensorFile.CopyInto(tensors, optimizer.State().Select(entry => (entry.Key, entry.Value)), path);
        return metadata.TryGetValue("step", out string? step)
            ? int.Parse(step, CultureInfo.InvariantCulture)
            : throw new UserFacingException(FailureKind.InputDamaged, $"{path} is no checkpoint of the landmark recipe.");
    }
}
