namespace VideoGaze.Faces.Models;

/// <summary>Numbers of the fields of onnx.proto that are read or written by hand.</summary>
internal static class OnnxFields
{
    internal const int ModelGraph = 7;
    internal const int ModelMetadata = 14;
    internal const int EntryKey = 1;
    internal const int EntryValue = 2;
    internal const int GraphNode = 1;
    internal const int GraphInitializer = 5;
    internal const int NodeInput = 1;
    internal const int NodeOutput = 2;
    internal const int NodeName = 3;
    internal const int NodeOperator = 4;
    internal const int TensorDims = 1;
    internal const int TensorType = 2;
    internal const int TensorFloats = 4;
    internal const int TensorName = 8;
    internal const int TensorRaw = 9;

    /// <summary>TensorProto.DataType of 32-bit floats.</summary>
    internal const int FloatType = 1;

    /// <summary>TensorProto.DataType of 16-bit floats.</summary>
    internal const int HalfType = 10;
}
