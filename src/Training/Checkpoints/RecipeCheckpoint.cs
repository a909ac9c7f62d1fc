using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace VideoGaze.Training.Checkpoints;

/// <summary>The exact state of a recipe's run: weights, running statistics, optimiser, step. What a run is resumed from.</summary>
internal static class RecipeCheckpoint
{
    /// <summary>Writes it.</summary>
    public static void Save(string path, IReadOnlyList<nn.Module> modules, MomentOptimizer optimizer, int step) => TensorFile.Save(
        path,
        modules.SelectMany(Tensors).Concat(optimizer.State()),
        new Dictionary<string, string> { ["step"] = step.ToString(CultureInfo.InvariantCulture) });

    /// <summary>Reads it into modules and optimiser; the result is the number of steps done.</summary>
    /// <exception cref="Faces.Failures.UserFacingException">It is missing, damaged, or of another network.</exception>
    public static int Load(string path, IReadOnlyList<nn.Module> modules, MomentOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = TensorFile.Load(path);
        TensorFile.CopyInto(tensors, modules.SelectMany(Tensors).Concat(optimizer.State()).Select(entry => (entry.Key, entry.Value)), path);
        return int.Parse(metadata["step"], CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the weights and statistics of one module and leaves the rest.</summary>
    public static void LoadModule(string path, nn.Module module)
    {
        using var scope = NewDisposeScope();
        TensorFile.CopyInto(TensorFile.Load(path).Tensors, Tensors(module).Select(entry => (entry.Key, entry.Value)), path);
    }

    /// <summary>Parameters and buffers of all modules, each under its module's name.</summary>
    public static IEnumerable<(string Name, Parameter Value)> Parameters(IEnumerable<nn.Module> modules) =>
        modules.SelectMany(module => module.named_parameters().Select(entry => (module.GetName() + "." + entry.name, entry.parameter)));

    private static IEnumerable<KeyValuePair<string, Tensor>> Tensors(nn.Module module)
    {
        string stem = module.GetName() + ".";
        return module.named_parameters().Select(entry => KeyValuePair.Create(stem + entry.name, (Tensor)entry.parameter))
            .Concat(module.named_buffers().Select(entry => KeyValuePair.Create(stem + entry.name, entry.buffer)));
    }
}
