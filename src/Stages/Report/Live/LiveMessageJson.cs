using System.Text.Json;

namespace VideoGaze.Stages.Report.Live;

/// <summary>Puts a message together from parts that are JSON already.</summary>
internal static class LiveMessageJson
{
    /// <summary><c>{"lines":[...],"pictures":[...],"figures":{...},"state":{...}}</c> in one line; what is empty is left out.</summary>
    public static byte[] Write(IReadOnlyList<byte[]> lines, IReadOnlyList<byte[]> pictures, byte[] figures, LiveState? state)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteAll(writer, "lines", lines);
            WriteAll(writer, "pictures", pictures);
            if (figures.Length > 0)
            {
                writer.WritePropertyName("figures");
                writer.WriteRawValue(figures, skipInputValidation: true);
            }

            if (state is not null)
            {
                writer.WritePropertyName("state");
                JsonSerializer.Serialize(writer, state, LiveJson.Default.LiveState);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteAll(Utf8JsonWriter writer, string name, IReadOnlyList<byte[]> parts)
    {
        if (parts.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (byte[] part in parts)
        {
            writer.WriteRawValue(part, skipInputValidation: true);
        }

        writer.WriteEndArray();
    }
}
