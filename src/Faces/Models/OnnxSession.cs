using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models;

/// <summary>
/// A network loaded from an ONNX file. This type, with <see cref="OnnxBinding"/> and <see cref="OnnxTensor"/>, is the only user of ONNX Runtime;
/// everything else sees names, shapes and spans.
/// </summary>
public sealed class OnnxSession : IDisposable
{
    private const string CudaName = "CUDAExecutionProvider";
    private readonly InferenceSession native;

    private OnnxSession(string path, string sha256, string provider, InferenceSession native)
    {
        Path = path;
        Sha256 = sha256;
        Provider = provider;
        this.native = native;
        Inputs = Specs(native.InputNames, native.InputMetadata);
        Outputs = Specs(native.OutputNames, native.OutputMetadata);
        Metadata = new Dictionary<string, string>(native.ModelMetadata.CustomMetadataMap);
    }

    /// <summary>The file it came from.</summary>
    public string Path { get; }

    /// <summary>The file's name without its folder.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>SHA-256 of the file's bytes, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>What it runs on: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Provider { get; }

    /// <summary>Inputs in the file's order.</summary>
    public IReadOnlyList<TensorSpec> Inputs { get; }

    /// <summary>Outputs in the file's order.</summary>
    public IReadOnlyList<TensorSpec> Outputs { get; }

    /// <summary>The file's <c>metadata_props</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Execution providers compiled into the runtime, by its names for them. CUDA's being here does not yet mean there is a GPU.</summary>
    public static IReadOnlyList<string> CompiledProviders() => OrtEnv.Instance().GetAvailableProviders();

    /// <summary>Loads a network.</summary>
    /// <exception cref="UserFacingException">The file is missing or no sound ONNX model, or the device asked for is not there.</exception>
    public static OnnxSession Load(string path, OnnxSessionOptions? options = null)
    {
        options ??= new();
        byte[] bytes = ReadModel(path);
        bool withCuda = options.Device != InferenceDevice.Cpu && CompiledProviders().Contains(CudaName);
        if (options.Device == InferenceDevice.Cuda && !withCuda)
        {
            throw new UserFacingException(
                FailureKind.ProviderMissing,
                "The device 'cuda' was asked for, but this build of ONNX Runtime has no CUDA provider: build with -p:VideoGazeGpu=true, or use --device cpu.");
        }

        string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        OnnxRuntimeException? cudaFailure = null;
        if (withCuda)
        {
            try
            {
                return new(path, sha256, "cuda", Create(bytes, options.Threads, onCuda: true));
            }
            catch (OnnxRuntimeException failure)
            {
                // Whether the file or the GPU is at fault shows when the processor tries the same file.
                cudaFailure = failure;
            }
        }

        InferenceSession session;
        try
        {
            session = CreateOnCpu(bytes, options.Threads);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new UserFacingException(
                FailureKind.ModelInvalid,
                $"The model file '{path}' cannot be used: it is no sound ONNX model ({bytes.Length} bytes; {FirstLine(failure)}); replace it by a complete copy.",
                failure);
        }

        if (cudaFailure is not null && options.Device == InferenceDevice.Cuda)
        {
            session.Dispose();
            throw new UserFacingException(
                FailureKind.ProviderMissing,
                $"The device 'cuda' was asked for, but it does not work here ({FirstLine(cudaFailure)}): see to the driver and CUDA libraries, or use --device cpu.",
                cudaFailure);
        }

        return new(path, sha256, "cpu", session);
    }

    /// <summary>Checks that the network has all these inputs and outputs; more outputs are allowed, more inputs are not.</summary>
    /// <param name="role">What the file should be, with article: "a YuNet face detector".</param>
    /// <param name="inputs">Every input.</param>
    /// <param name="outputs">The outputs that are used.</param>
    /// <exception cref="UserFacingException">It has not.</exception>
    public void Expect(string role, IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs)
    {
        if (inputs.Count == Inputs.Count && inputs.All(spec => Inputs.Any(spec.Fits)) && outputs.All(spec => Outputs.Any(spec.Fits)))
        {
            return;
        }

        throw new UserFacingException(
            FailureKind.ModelInvalid,
            $"The model file '{Path}' is not {role}: expected inputs [{string.Join(", ", inputs)}] and outputs [{string.Join(", ", outputs)}], "
            + $"found inputs [{string.Join(", ", Inputs)}] and outputs [{string.Join(", ", Outputs)}]; name another file.");
    }

    /// <summary>Binds memory for all inputs and outputs.</summary>
    /// <param name="shapes">A shape for each input whose shape the file leaves open; others may be left out.</param>
    /// <exception cref="UserFacingException">The network cannot run on these shapes.</exception>
    public OnnxBinding Bind(params (string Input, long[] Shape)[] shapes)
    {
        TensorSpec[] specs = [.. Inputs.Select(input => shapes.FirstOrDefault(given => given.Input == input.Name) is { Shape: not null } found
            ? input with { Shape = found.Shape }
            : input)];
        if (!Array.TrueForAll(specs, spec => spec.IsFixed) || !specs.Zip(Inputs).All(pair => pair.First.Fits(pair.Second)))
        {
            throw new ArgumentException($"The inputs [{string.Join(", ", Inputs)}] of {FileName} cannot be bound as [{string.Join(", ", specs.AsEnumerable())}].", nameof(shapes));
        }

        return new(this, native, specs);
    }

    /// <inheritdoc/>
    public void Dispose() => native.Dispose();

    internal void Run(RunOptions options, OrtIoBinding binding)
    {
        try
        {
            native.RunWithBinding(options, binding);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model '{Path}' failed while running ({FirstLine(failure)}): replace it by a sound one.", failure);
        }
    }

    private static byte[] ReadModel(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model file '{path}' does not exist: name a folder that has it with --models DIR.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model file '{path}' cannot be read ({failure.Message}): see to its permissions.", failure);
        }
    }

    private static InferenceSession CreateOnCpu(byte[] bytes, int threads)
    {
        byte[] expanded = PReluExpansion.Expand(bytes);
        if (!ReferenceEquals(expanded, bytes))
        {
            try
            {
                return Create(expanded, threads, onCuda: false);
            }
            catch (OnnxRuntimeException)
            {
                // A network of a kind that the expansion does not foresee, for instance of an opset without broadcasting: slower as it is, but right.
            }
        }

        return Create(bytes, threads, onCuda: false);
    }

    private static InferenceSession Create(byte[] bytes, int threads, bool onCuda)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,

            // Warnings are about optimisations that do not apply and would land on the user's terminal.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        // Spinning costs 1.6x the CPU time for no clear gain in latency when calls are 30 ms apart.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (onCuda)
        {
            using var cuda = new OrtCUDAProviderOptions();

            // The default doubles the arena at each growth, which takes memory from everybody else on the GPU.
            cuda.UpdateOptions(new() { ["device_id"] = "0", ["arena_extend_strategy"] = "kSameAsRequested" });
            options.AppendExecutionProvider_CUDA(cuda);
        }

        return new InferenceSession(bytes, options);
    }

    private static TensorSpec[] Specs(IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata) =>
        [.. names.Select(name => new TensorSpec(
            name,
            metadata[name].IsTensor ? OnnxTensor.FromOrt(metadata[name].ElementDataType) : TensorKind.Other,
            metadata[name].IsTensor ? Array.ConvertAll(metadata[name].Dimensions, size => (long)size) : []))];

    private static string FirstLine(Exception failure)
    {
        string message = failure.Message;
        int end = message.AsSpan().IndexOfAny('\r', '\n');
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }
}
