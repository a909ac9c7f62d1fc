using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models;

/// <summary>
/// A small network whose inputs and outputs are float tensors of fixed shape, on the CPU. Its buffers are pinned and bound once, so a run allocates nothing.
/// Meant for the many little networks around a face, where a trip to an accelerator costs more than the network. Not thread-safe.
/// </summary>
public sealed class FloatNetwork : IDisposable
{
    private readonly InferenceSession session;
    private readonly OrtIoBinding binding;
    private readonly RunOptions runOptions = new();
    private readonly List<OrtValue> values = [];
    private readonly Dictionary<string, float[]> inputs = [];
    private readonly Dictionary<string, float[]> outputs = [];

    private FloatNetwork(string path, InferenceSession session)
    {
        Path = path;
        this.session = session;
        binding = session.CreateIoBinding();
        foreach ((string name, NodeMetadata tensor) in session.InputMetadata)
        {
            binding.BindInput(name, Pin(name, tensor, inputs));
        }

        foreach ((string name, NodeMetadata tensor) in session.OutputMetadata)
        {
            binding.BindOutput(name, Pin(name, tensor, outputs));
        }

        InputShapes = session.InputMetadata.ToDictionary(pair => pair.Key, pair => FixedShape(pair.Value));
        OutputShapes = session.OutputMetadata.Select(pair => new KeyValuePair<string, int[]>(pair.Key, FixedShape(pair.Value))).ToList();
    }

    /// <summary>The ONNX file.</summary>
    public string Path { get; }

    /// <summary>Shape of every input by name; a free dimension counts as 1.</summary>
    public IReadOnlyDictionary<string, int[]> InputShapes { get; }

    /// <summary>Names and shapes of the outputs in the file's order, which some exports get right where the names are wrong.</summary>
    public IReadOnlyList<KeyValuePair<string, int[]>> OutputShapes { get; }

    /// <summary>Opens a network file.</summary>
    /// <param name="path">ONNX file.</param>
    /// <param name="threads">Threads inside one run; 1 where several stages run beside each other.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.ModelInvalid"/>: missing, no network, or not of fixed float shape.</exception>
    public static FloatNetwork Open(string path, int threads = 1)
    {
        if (!File.Exists(path))
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model file {path} does not exist; name the folder of models with --models.");
        }

        InferenceSession? session = null;
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };

            // A spinning thread pool steals the core that the stage beside it needs.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            session = new InferenceSession(path, options);
            return new FloatNetwork(path, session);
        }
        catch (Exception failure) when (failure is OnnxRuntimeException or InvalidDataException)
        {
            session?.Dispose();
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model file {path} cannot be used: {FirstLine(failure.Message)}; fetch it again.", failure);
        }
    }

    /// <summary>The buffer of an input, row-major; fill it before <see cref="Run"/>.</summary>
    public Span<float> Input(string name) => inputs[name];

    /// <summary>The buffer of an output, row-major; valid until the next <see cref="Run"/>.</summary>
    public ReadOnlySpan<float> Output(string name) => outputs[name];

    /// <summary>Computes the outputs from the inputs.</summary>
    public void Run() => session.RunWithBinding(runOptions, binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        foreach (OrtValue value in values)
        {
            value.Dispose();
        }

        runOptions.Dispose();
        session.Dispose();
    }

    private static int[] FixedShape(NodeMetadata tensor) => [.. tensor.Dimensions.Select(side => Math.Max(1, side))];

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('.', ' ', '\r');

    private OrtValue Pin(string name, NodeMetadata tensor, Dictionary<string, float[]> buffers)
    {
        if (!tensor.IsTensor || tensor.ElementDataType != TensorElementType.Float)
        {
            throw new InvalidDataException($"its tensor {name} is no 32-bit float tensor");
        }

        int[] shape = FixedShape(tensor);
        float[] buffer = GC.AllocateArray<float>(shape.Aggregate(1, (product, side) => product * side), pinned: true);
        buffers[name] = buffer;
        OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(), [.. shape.Select(side => (long)side)]);
        values.Add(value);
        return value;
    }
}
