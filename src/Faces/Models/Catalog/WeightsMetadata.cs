using System.Buffers.Binary;
using System.Text.Json;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models.Catalog;

/// <summary>What a file of weights says about itself: <c>metadata_props</c> of ONNX, <c>__metadata__</c> of safetensors.</summary>
internal static class WeightsMetadata
{
    /// <summary>Whether a file name is that of weights.</summary>
    public static bool IsWeights(string path) => Path.GetExtension(path) is ".onnx" or ".safetensors";

    /// <summary>Reads the entries of a file.</summary>
    /// <exception cref="UserFacingException">The file is neither.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        try
        {
            return Path.GetExtension(path) == ".onnx" ? OfOnnx(File.ReadAllBytes(path)) : OfSafetensors(path);
        }
        catch (Exception failure) when (failure is FormatException or JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model file '{path}' cannot be read ({failure.Message.TrimEnd('.')}): replace it by a complete copy.", failure);
        }
    }

    private static Dictionary<string, string> OfOnnx(ReadOnlySpan<byte> file)
    {
        Dictionary<string, string> entries = [];
        var model = new ProtoReader(file);
        while (model.Next())
        {
            if (model.Field != OnnxFields.ModelMetadata || !model.HasBytes)
            {
                continue;
            }

            string key = string.Empty, value = string.Empty;
            var entry = new ProtoReader(model.Bytes);
            while (entry.Next())
            {
                (key, value) = entry.Field switch
                {
                    OnnxFields.EntryKey => (entry.Text, value),
                    OnnxFields.EntryValue => (key, entry.Text),
                    _ => (key, value),
                };
            }

            entries[key] = value;
        }

        return entries;
    }

    /// <summary>Eight bytes of length, little-endian, then a JSON object of that length.</summary>
    private static Dictionary<string, string> OfSafetensors(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] length = new byte[sizeof(long)];
        file.ReadExactly(length);
        byte[] header = new byte[Math.Min(BinaryPrimitives.ReadInt64LittleEndian(length), file.Length)];
        file.ReadExactly(header);
        using JsonDocument document = JsonDocument.Parse(header);
        return document.RootElement.TryGetProperty("__metadata__", out JsonElement metadata)
            ? metadata.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? string.Empty)
            : [];
    }
}
