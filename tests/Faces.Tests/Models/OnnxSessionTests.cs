using System.Security.Cryptography;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.TestSupport;

namespace VideoGaze.Faces.Tests.Models;

public sealed class OnnxSessionTests : IDisposable
{
    private static readonly OnnxSessionOptions OnCpu = new(InferenceDevice.Cpu);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_session_tells_names_shapes_metadata_hash_and_device()
    {
        byte[] bytes = Copy(TinyOnnx.Float32, ["y", "z"], 1, -1, 4).Metadata("videogaze.contract", "{}").ToBytes();
        string path = folder.Write("tiny.onnx", bytes);
        using OnnxSession session = OnnxSession.Load(path, OnCpu);
        Assert.Equal("x float32 1x?x4", Assert.Single(session.Inputs).ToString());
        Assert.Equal(["y", "z"], session.Outputs.Select(output => output.Name));
        Assert.Equal("{}", session.Metadata["videogaze.contract"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), session.Sha256);
        Assert.Equal("cpu", session.Provider);
        Assert.Equal("tiny.onnx", session.FileName);
    }

    [Fact]
    public void A_binding_with_a_free_size_reads_and_writes_its_own_memory_at_every_run()
    {
        string path = folder.Write("tiny.onnx", Copy(TinyOnnx.Float32, ["y"], 1, -1).ToBytes());
        using OnnxSession session = OnnxSession.Load(path, OnCpu);
        using OnnxBinding binding = session.Bind(("x", [1, 3]));
        Assert.Equal([1, 3], binding.Output("y").Spec.Shape);
        for (int run = 1; run <= 2; run++)
        {
            binding.Input("x").Write([run, 2 * run, 3 * run]);
            binding.Run();
            Assert.Equal([run, 2 * run, 3 * run], binding.Output("y").Floats.ToArray());
        }
    }

    [Fact]
    public void Half_precision_tensors_convert_both_ways()
    {
        string path = folder.Write("half.onnx", Copy(TinyOnnx.Float16, ["y"], 3).ToBytes());
        using OnnxSession session = OnnxSession.Load(path, OnCpu);
        using OnnxBinding binding = session.Bind();
        binding.Input("x").Write([0.5f, -2f, 1024f]);
        binding.Run();
        var result = new float[3];
        binding.Output("y").Read(result);
        Assert.Equal([0.5f, -2f, 1024f], result);
        Assert.Equal((Half)0.5f, binding.Output("y").Halves[0]);
        Assert.Throws<InvalidOperationException>(() => binding.Output("y").Floats.Length);
    }

    [Fact]
    public void A_network_with_PRelu_nodes_computes_what_PRelu_means()
    {
        byte[] bytes = new TinyOnnx()
            .Input("x", 1, 2, 1, 3)
            .Output("y", 1, 2, 1, 3)
            .Weights("slope", [0.25f, -2f], 2, 1, 1)
            .Node("PRelu", ["x", "slope"], ["between"])
            .Node("PRelu", ["between", "slope"], ["y"])
            .ToBytes();
        byte[] expanded = PReluExpansion.Expand(bytes);
        Assert.True(expanded.AsSpan().IndexOf("PRelu"u8) < 0, "no PRelu node is left");
        using OnnxSession session = OnnxSession.Load(folder.Write("prelu.onnx", bytes), OnCpu);
        using OnnxBinding binding = session.Bind();
        binding.Input("x").Write([3f, -8f, 0f, 3f, -8f, 0f]);
        binding.Run();
        Assert.Equal([3f, -0.5f, 0f, 3f, 16f, 0f], binding.Output("y").Floats.ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), session.Sha256);
    }

    [Fact]
    public void A_file_without_PRelu_nodes_or_cut_short_is_left_as_it_is()
    {
        byte[] without = Copy(TinyOnnx.Float32, ["y"], 3).ToBytes();
        Assert.Same(without, PReluExpansion.Expand(without));
        byte[] whole = new TinyOnnx().Input("x", 1, 3).Output("y", 1, 3).Weights("slope", [2f], 1).Node("PRelu", ["x", "slope"], ["y"]).ToBytes();
        for (int length = 1; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            byte[] expanded = PReluExpansion.Expand(cut);
            Assert.True(ReferenceEquals(cut, expanded) || expanded.AsSpan().IndexOf("PRelu"u8) < 0);
        }
    }

    [Fact]
    public void A_run_allocates_next_to_nothing()
    {
        string path = folder.Write("tiny.onnx", Copy(TinyOnnx.Float32, ["y"], 1, 3, 64, 64).ToBytes());
        using OnnxSession session = OnnxSession.Load(path, OnCpu);
        using OnnxBinding binding = session.Bind();
        binding.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < 100; run++)
        {
            binding.Run();
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100 * 64, "a run allocated over 64 bytes");
    }

    [Fact]
    public void A_missing_file_is_named_with_the_remedy()
    {
        UserFacingException failure = Assert.Throws<UserFacingException>(() => OnnxSession.Load(Path.Combine(folder.Path, "gone.onnx")));
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        Assert.Contains("gone.onnx", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--models", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-1)]
    public void A_corrupt_file_is_named(int keptBytes)
    {
        byte[] bytes = keptBytes < 0 ? "this is no model"u8.ToArray() : Copy(TinyOnnx.Float32, ["y"], 1).ToBytes()[..keptBytes];
        string path = folder.Write("broken.onnx", bytes);
        UserFacingException failure = Assert.Throws<UserFacingException>(() => OnnxSession.Load(path, OnCpu));
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void A_model_of_another_shape_is_refused_with_what_was_expected_and_found()
    {
        string path = folder.Write("other.onnx", Copy(TinyOnnx.Float32, ["y"], 1, 3, 64, 64).ToBytes());
        using OnnxSession session = OnnxSession.Load(path, OnCpu);
        session.Expect("a test network", [new("x", TensorKind.Float32, 1, 3, TensorSpec.Free, 64)], [new("y", TensorKind.Float32, 1, 3, 64, 64)]);
        UserFacingException failure = Assert.Throws<UserFacingException>(
            () => session.Expect("a test network", [new("x", TensorKind.Float32, 1, 3, 32, 32)], [new("y", TensorKind.Float32, 1, 3, 32, 32)]));
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        Assert.Contains("1x3x32x32", failure.Message, StringComparison.Ordinal);
        Assert.Contains("1x3x64x64", failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Throws<UserFacingException>(() => session.Expect("a test network", [], []));
        Assert.Throws<UserFacingException>(() => session.Expect("a test network", [session.Inputs[0]], [new("w", TensorKind.Float32, 1)]));
    }

    [Fact]
    public void Cuda_that_was_asked_for_and_is_absent_ends_the_run_and_auto_says_it_used_the_processor()
    {
        string path = folder.Write("tiny.onnx", Copy(TinyOnnx.Float32, ["y"], 1).ToBytes());
        Assert.SkipWhen(OnnxSession.CompiledProviders().Contains("CUDAExecutionProvider"), "this build has CUDA");
        UserFacingException failure = Assert.Throws<UserFacingException>(() => OnnxSession.Load(path, new(InferenceDevice.Cuda)));
        Assert.Equal(FailureKind.ProviderMissing, failure.Kind);
        using OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Auto));
        Assert.Equal("cpu", session.Provider);
    }

    [Fact]
    public void Telemetry_is_switched_off_in_the_environment_native_code_sees()
    {
        Assert.SkipUnless(File.Exists("/proc/self/environ"), "needs a Linux process");
        string path = folder.Write("tiny.onnx", Copy(TinyOnnx.Float32, ["y"], 1).ToBytes());
        using OnnxSession session = OnnxSession.Load(path, OnCpu);

        // The telemetry thread and its store would appear with the first session; getenv asks the same copy that ONNX Runtime reads.
        Assert.Equal("1", System.Runtime.InteropServices.Marshal.PtrToStringAnsi(GetEnvironmentVariable("ORT_DISABLE_TELEMETRY")));
        Assert.Equal("PASSIVE", System.Runtime.InteropServices.Marshal.PtrToStringAnsi(GetEnvironmentVariable("OMP_WAIT_POLICY")));
    }

    /// <summary>A network whose outputs are copies of its input <c>x</c>.</summary>
    private static TinyOnnx Copy(int elementType, string[] outputs, params int[] shape)
    {
        TinyOnnx model = new TinyOnnx(elementType).Input("x", shape);
        foreach (string output in outputs)
        {
            model.Node("Identity", ["x"], [output]).Output(output, shape);
        }

        return model;
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "getenv", CharSet = System.Runtime.InteropServices.CharSet.Ansi)]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA2101", Justification = "The name is ASCII.")]
    private static extern nint GetEnvironmentVariable(string name);
}
