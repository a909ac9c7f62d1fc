using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models;

/// <summary>
/// A small network whose inputs and outputs are float tensors of fixed shape, on the CPU: a session with one binding.
/// Meant for the many little networks around a face, where a trip to an accelerator costs more than the network. Not thread-safe.
/// </summary>
public sealed class FloatNetwork : IDisposable
{
    private readonly OnnxSession session;
    private readonly OnnxBinding binding;

    private FloatNetwork(OnnxSession session)
    {
        this.session = session;
        binding = session.Bind([.. session.Inputs.Select(input => (input.Name, Array.ConvertAll(FixedShape(input), side => (long)side)))]);
        InputShapes = session.Inputs.ToDictionary(input => input.Name, FixedShape);
        OutputShapes = [.. session.Outputs.Select(output => new KeyValuePair<string, int[]>(output.Name, FixedShape(binding.Output(output.Name).Spec)))];
    }

    /// <summary>The ONNX file.</summary>
    public string Path => session.Path;

    /// <summary>SHA-256 of the file's bytes, lower-case hexadecimal.</summary>
    public string Sha256 => session.Sha256;

    /// <summary>Shape of every input by name; a free dimension counts as 1.</summary>
    public IReadOnlyDictionary<string, int[]> InputShapes { get; }

    /// <summary>Names and shapes of the outputs in the file's order, which some exports get right where the names are wrong.</summary>
    public IReadOnlyList<KeyValuePair<string, int[]>> OutputShapes { get; }

    /// <summary>Opens a network file.</summary>
    /// <param name="path">ONNX file.</param>
    /// <param name="threads">Threads inside one run; 1 where several stages run beside each other.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.ModelInvalid"/>: missing, no network, or not of float tensors.</exception>
    public static FloatNetwork Open(string path, int threads = 1)
    {
        OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Cpu, threads));
        if (session.Inputs.Concat(session.Outputs).FirstOrDefault(tensor => tensor.Kind != TensorKind.Float32) is { } other)
        {
            session.Dispose();
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model file {path} cannot be used: its tensor {other.Name} is no 32-bit float tensor; fetch another.");
        }

        return new FloatNetwork(session);
    }

    /// <summary>The buffer of an input, row-major; fill it before <see cref="Run"/>.</summary>
    public Span<float> Input(string name) => binding.Input(name).Floats;

    /// <summary>The buffer of an output, row-major; valid until the next <see cref="Run"/>.</summary>
    public ReadOnlySpan<float> Output(string name) => binding.Output(name).Floats;

    /// <summary>Computes the outputs from the inputs.</summary>
    public void Run() => binding.Run();

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        session.Dispose();
    }

    private static int[] FixedShape(TensorSpec tensor) => Array.ConvertAll(tensor.Shape, side => (int)Math.Max(1, side));
}
