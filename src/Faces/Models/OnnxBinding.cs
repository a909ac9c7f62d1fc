using Microsoft.ML.OnnxRuntime;

namespace VideoGaze.Faces.Models;

/// <summary>
/// A session's inputs and outputs bound to memory of fixed shape, so that a run allocates nothing. One thread at a time;
/// several bindings of one session may run at once.
/// </summary>
public sealed class OnnxBinding : IDisposable
{
    private readonly OnnxSession session;
    private readonly OrtIoBinding binding;
    private readonly RunOptions options = new();
    private readonly OnnxTensor[] inputs;
    private readonly OnnxTensor[] outputs;

    internal OnnxBinding(OnnxSession session, InferenceSession native, TensorSpec[] inputSpecs)
    {
        this.session = session;
        binding = native.CreateIoBinding();
        inputs = Array.ConvertAll(inputSpecs, spec => new OnnxTensor(spec));
        foreach (OnnxTensor input in inputs)
        {
            binding.BindInput(input.Spec.Name, input.Value);
        }

        outputs = [.. OutputSpecs(native).Select(spec => new OnnxTensor(spec))];
        binding.ClearBoundOutputs();
        foreach (OnnxTensor output in outputs)
        {
            binding.BindOutput(output.Spec.Name, output.Value);
        }
    }

    /// <summary>An input by the file's name for it; fill it before <see cref="Run"/>.</summary>
    public OnnxTensor Input(string name) => Named(inputs, name);

    /// <summary>An output by the file's name for it; valid after <see cref="Run"/> until the next.</summary>
    public OnnxTensor Output(string name) => Named(outputs, name);

    /// <summary>Computes all outputs from what the inputs hold.</summary>
    public void Run() => session.Run(options, binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        options.Dispose();
        foreach (OnnxTensor tensor in inputs.Concat(outputs))
        {
            tensor.Value.Dispose();
        }
    }

    private OnnxTensor Named(OnnxTensor[] tensors, string name)
    {
        foreach (OnnxTensor tensor in tensors)
        {
            if (tensor.Spec.Name == name)
            {
                return tensor;
            }
        }

        throw new ArgumentException($"The model {session.FileName} has no tensor '{name}' here.", nameof(name));
    }

    /// <summary>Output shapes for the bound input shapes. Where the file leaves sizes open they follow from one run on zeros.</summary>
    private IReadOnlyList<TensorSpec> OutputSpecs(InferenceSession native)
    {
        if (session.Outputs.All(spec => spec.IsFixed))
        {
            return session.Outputs;
        }

        foreach (TensorSpec spec in session.Outputs)
        {
            binding.BindOutputToDevice(spec.Name, OrtMemoryInfo.DefaultInstance);
        }

        session.Run(options, binding);
        using IDisposableReadOnlyCollection<OrtValue> results = binding.GetOutputValues();
        return [.. results.Zip(session.Outputs, (value, spec) => spec with { Shape = value.GetTensorTypeAndShape().Shape })];
    }
}
