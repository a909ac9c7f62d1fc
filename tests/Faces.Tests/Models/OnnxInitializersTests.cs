using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.TestSupport;

namespace VideoGaze.Faces.Tests.Models;

public sealed class OnnxInitializersTests
{
    [Fact]
    public void The_last_matrix_of_the_size_asked_for_is_read()
    {
        byte[] file = new TinyOnnx()
            .Input("x", 1, 2)
            .Output("y", 1, 3)
            .Weights("first", [1, 2, 3, 4, 5, 6], 2, 3)
            .Weights("other", [1, 2, 3, 4, 5, 6], 3, 2)
            .Weights("last", [6, 5, 4, 3, 2, 1], 2, 3)
            .Weights("vector", [1, 2, 3, 4, 5, 6], 6)
            .Node("MatMul", ["x", "last"], ["y"])
            .ToBytes();
        Assert.Equal([6, 5, 4, 3, 2, 1], OnnxInitializers.LastMatrix(file, 2, 3)!);
        Assert.Null(OnnxInitializers.LastMatrix(file, 6, 1));
    }

    [Fact]
    public void Packed_sizes_and_float_lists_are_read_too()
    {
        // TensorProto {dims: [1, 2] packed, data_type: 1, float_data: [1.5, -2] packed} in GraphProto.initializer in ModelProto.graph.
        byte[] file = [0x3A, 18, 0x2A, 16, 0x0A, 2, 1, 2, 0x10, 1, 0x22, 8, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0];
        Assert.Equal([1.5f, -2], OnnxInitializers.LastMatrix(file, 1, 2)!);
    }

    [Fact]
    public void A_file_that_is_none_is_named()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("text.onnx", "no model at all"u8.ToArray());
        Assert.Contains("text.onnx", Assert.Throws<UserFacingException>(() => OnnxInitializers.LastMatrix(path, 1, 1)).Message, StringComparison.Ordinal);
    }
}
