using System.Runtime.InteropServices;
using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>What an exported file holds of its network.</summary>
/// <param name="Weights">The trained tensors as 32-bit numbers, in the order in which they were written.</param>
/// <param name="Contract">How the generator wants to be called; null in a file without.</param>
internal sealed record TrainedTensors(IReadOnlyList<Tensor> Weights, ModelContract? Contract)
{
    /// <summary>Reads a file; the tensors belong to the current dispose scope.</summary>
    /// <exception cref="UserFacingException">It is missing or no ONNX file.</exception>
    public static TrainedTensors Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{path} does not exist.");
        }

        try
        {
            List<Tensor> weights = [];
            ModelContract? contract = null;
            var model = new ProtoReader(File.ReadAllBytes(path));
            while (model.Next())
            {
                switch (model.Field)
                {
                    case OnnxFields.ModelGraph:
                        ReadGraph(model.Bytes, weights);
                        break;
                    case OnnxFields.ModelMetadata:
                        contract ??= ReadContract(model.Bytes);
                        break;
                }
            }

            return new(weights, contract);
        }
        catch (Exception broken) when (broken is FormatException or OverflowException or ArgumentException or JsonException)
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"{path} is no ONNX file.", broken);
        }
    }

    /// <summary>Copies the weights into the first of some tensors.</summary>
    /// <returns>False, and nothing copied, where there are none, too many, or one of another shape.</returns>
    public bool TryCopyInto(IReadOnlyList<Tensor> goals)
    {
        if (Weights.Count == 0 || Weights.Count > goals.Count || !Weights.Zip(goals).All(pair => pair.First.shape.SequenceEqual(pair.Second.shape)))
        {
            return false;
        }

        foreach (var (value, goal) in Weights.Zip(goals))
        {
            goal.copy_(value);
        }

        return true;
    }

    private static void ReadGraph(ReadOnlySpan<byte> bytes, List<Tensor> weights)
    {
        var graph = new ProtoReader(bytes);
        while (graph.Next())
        {
            if (graph.Field == OnnxFields.GraphInitializer && ReadTensor(graph.Bytes) is { } tensor)
            {
                weights.Add(tensor);
            }
        }
    }

    /// <summary>Trained weights as 32-bit numbers; null for constants of the graph.</summary>
    private static Tensor? ReadTensor(ReadOnlySpan<byte> bytes)
    {
        var (shape, type, name, raw) = (new List<long>(), 0L, string.Empty, Array.Empty<byte>());
        var field = new ProtoReader(bytes);
        while (field.Next())
        {
            switch (field.Field)
            {
                case OnnxFields.TensorDims:
                    field.AddIntegers(shape);
                    break;
                case OnnxFields.TensorType:
                    type = field.Integer;
                    break;
                case OnnxFields.TensorName:
                    name = field.Text;
                    break;
                case OnnxFields.TensorRaw:
                    raw = field.Bytes.ToArray();
                    break;
            }
        }

        if (!name.StartsWith(OnnxGraph.WeightsStem, StringComparison.Ordinal))
        {
            return null;
        }

        float[] numbers = type switch
        {
            OnnxFields.HalfType => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(raw).ToArray(), half => (float)half),
            OnnxFields.FloatType => MemoryMarshal.Cast<byte, float>(raw).ToArray(),
            _ => throw new FormatException("Weights of an unknown type."),
        };
        return Numbers.Tensor(numbers, [.. shape]);
    }

    private static ModelContract? ReadContract(ReadOnlySpan<byte> entry)
    {
        var (key, value) = (string.Empty, string.Empty);
        var field = new ProtoReader(entry);
        while (field.Next())
        {
            switch (field.Field)
            {
                case OnnxFields.EntryKey:
                    key = field.Text;
                    break;
                case OnnxFields.EntryValue:
                    value = field.Text;
                    break;
            }
        }

        return key == ModelContract.MetadataKey ? ModelContract.FromJson(value) : null;
    }
}
