using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGaze.Faces.Failures;
using static TorchSharp.torch;

namespace VideoGaze.Training.Checkpoints;

/// <summary>
/// Named 32-bit tensors in one file of the safetensors layout: 8 bytes little-endian length, a JSON header, then the raw numbers.
/// Any safetensors reader opens it; nothing in it can be executed.
/// </summary>
internal static class TensorFile
{
    /// <summary>Writes beside the goal and renames, so that the file is whole or absent.</summary>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = new JsonObject();
        if (metadata is not null)
        {
            header["__metadata__"] = new JsonObject(metadata.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value)));
        }

        List<(string Name, Tensor Value)> list = [.. tensors.Select(entry => (entry.Key, entry.Value)).OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        long offset = 0;
        foreach (var (name, value) in list)
        {
            long bytes = value.numel() * sizeof(float);
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. value.shape.Select(side => (JsonNode?)side)]),
                ["data_offsets"] = new JsonArray(offset, offset + bytes),
            };
            offset += bytes;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        string partial = path + ".partial";
        using (FileStream stream = File.Create(partial))
        {
            byte[] length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
            stream.Write(length);
            stream.Write(json);
            foreach (var (_, value) in list)
            {
                stream.Write(MemoryMarshal.AsBytes(Numbers(value).AsSpan()));
            }
        }

        File.Move(partial, path, overwrite: true);
    }

    /// <summary>Reads all tensors and the metadata.</summary>
    /// <exception cref="UserFacingException">The file is missing or not of this layout.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{path} does not exist.");
        }

        try
        {
            byte[] file = File.ReadAllBytes(path);
            int json = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file));
            JsonObject header = JsonNode.Parse(file.AsSpan(8, json))!.AsObject();
            var tensors = new Dictionary<string, Tensor>();
            var metadata = new Dictionary<string, string>();
            foreach (var (name, entry) in header)
            {
                if (name == "__metadata__")
                {
                    metadata = entry!.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!);
                    continue;
                }

                int from = (int)entry!["data_offsets"]![0]!, to = (int)entry["data_offsets"]![1]!;
                float[] numbers = MemoryMarshal.Cast<byte, float>(file.AsSpan(8 + json + from, to - from)).ToArray();
                tensors[name] = tensor(numbers, [.. entry["shape"]!.AsArray().Select(side => (long)side!)]);
            }

            return (tensors, metadata);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or OverflowException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new UserFacingException(FailureKind.InputDamaged, $"{path} is no whole file of weights (safetensors with 32-bit numbers).", broken);
        }
    }

    /// <summary>Reads the metadata alone.</summary>
    /// <exception cref="UserFacingException">The file is missing or not of this layout.</exception>
    public static Dictionary<string, string> Metadata(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{path} does not exist.");
        }

        // A header takes some hundred bytes a tensor; what claims to be longer is another file.
        const int LongestHeader = 1 << 24;
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] length = new byte[8];
            stream.ReadExactly(length);
            long bytes = BinaryPrimitives.ReadInt64LittleEndian(length);
            byte[] json = new byte[bytes is > 0 and < LongestHeader ? bytes : throw new JsonException("no header")];
            stream.ReadExactly(json);
            return JsonNode.Parse(json)!.AsObject()["__metadata__"]?.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!) ?? [];
        }
        catch (Exception broken) when (broken is JsonException or EndOfStreamException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new UserFacingException(FailureKind.InputDamaged, $"{path} is no whole file of weights (safetensors with 32-bit numbers).", broken);
        }
    }

    /// <summary>Copies values into tensors of the same names; every goal must be there with its shape.</summary>
    /// <exception cref="UserFacingException">A tensor is missing or has another shape.</exception>
    public static void CopyInto(IReadOnlyDictionary<string, Tensor> values, IEnumerable<(string Name, Tensor Goal)> goals, string path)
    {
        using var noGradient = no_grad();
        foreach (var (name, goal) in goals)
        {
            if (!values.TryGetValue(name, out Tensor? value) || !value.shape.SequenceEqual(goal.shape))
            {
                string found = value is null ? "is missing" : $"has shape [{string.Join(", ", value.shape)}]";
                throw new UserFacingException(FailureKind.ModelInvalid, $"{path}: tensor {name} {found}, wanted [{string.Join(", ", goal.shape)}]; it belongs to a network of other dimensions.");
            }

            goal.copy_(value);
        }
    }

    /// <summary>The numbers of a tensor in row-major order.</summary>
    public static float[] Numbers(Tensor value)
    {
        using var scope = NewDisposeScope();
        return value.detach().to(float32).cpu().contiguous().data<float>().ToArray();
    }
}
