using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models;

/// <summary>Weights inside an ONNX file that are used outside of its network. ONNX Runtime does not give them out.</summary>
public static class OnnxInitializers
{
    /// <summary>The last matrix of a given size among a file's weights, row-major; null where it has none.</summary>
    /// <param name="path">ONNX file.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <exception cref="UserFacingException">The file is missing or no ONNX file.</exception>
    public static float[]? LastMatrix(string path, int rows, int columns)
    {
        try
        {
            return LastMatrix(File.ReadAllBytes(path), rows, columns);
        }
        catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model file '{path}' cannot be read ({failure.Message.TrimEnd('.')}): replace it by a complete copy.", failure);
        }
    }

    internal static float[]? LastMatrix(ReadOnlySpan<byte> file, int rows, int columns)
    {
        float[]? last = null;
        var model = new ProtoReader(file);
        while (model.Next())
        {
            if (model.Field != OnnxFields.ModelGraph || !model.HasBytes)
            {
                continue;
            }

            var graph = new ProtoReader(model.Bytes);
            while (graph.Next())
            {
                if (graph.Field == OnnxFields.GraphInitializer && graph.HasBytes)
                {
                    last = Matrix(graph.Bytes, rows, columns) ?? last;
                }
            }
        }

        return last;
    }

    private static float[]? Matrix(ReadOnlySpan<byte> tensor, int rows, int columns)
    {
        List<long> dims = [];
        long type = 0;
        ReadOnlySpan<byte> data = default;
        var field = new ProtoReader(tensor);
        while (field.Next())
        {
            switch (field.Field)
            {
                case OnnxFields.TensorDims:
                    field.AddIntegers(dims);
                    break;
                case OnnxFields.TensorType:
                    type = field.Integer;
                    break;
                case OnnxFields.TensorRaw or OnnxFields.TensorFloats:
                    data = field.Bytes;
                    break;
            }
        }

        int size = type switch { OnnxFields.FloatType => sizeof(float), OnnxFields.HalfType => 2, _ => 0 };
        if (dims is not [var first, var second] || first != rows || second != columns || size == 0 || data.Length != rows * columns * size)
        {
            return null;
        }

        if (type == OnnxFields.FloatType)
        {
            return MemoryMarshal.Cast<byte, float>(data).ToArray();
        }

        float[] values = new float[rows * columns];
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(data), values);
        return values;
    }
}
