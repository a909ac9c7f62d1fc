using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGaze.Performers.People;

/// <summary>Identities as JSON: one object a person, colours as arrays of three, enumerations by name.</summary>
public static class IdentityJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new Vector3Converter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>One identity on one line.</summary>
    public static string Write(PerformerIdentity identity) => JsonSerializer.Serialize(identity, Options);

    /// <summary>Reads one identity.</summary>
    /// <exception cref="JsonException">The text is no identity.</exception>
    public static PerformerIdentity Read(string json) => JsonSerializer.Deserialize<PerformerIdentity>(json, Options) ?? throw new JsonException("The identity is null.");

    /// <summary>Reads an array of identities.</summary>
    internal static PerformerIdentity[] ReadAll(Stream json) => JsonSerializer.Deserialize<PerformerIdentity[]>(json, Options) ?? throw new JsonException("The list is null.");

    private sealed class Vector3Converter : JsonConverter<Vector3>
    {
        public override Vector3 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            float[]? parts = JsonSerializer.Deserialize<float[]>(ref reader, options);
            return parts is [var x, var y, var z] ? new(x, y, z) : throw new JsonException("A colour has three numbers.");
        }

        public override void Write(Utf8JsonWriter writer, Vector3 value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.X);
            writer.WriteNumberValue(value.Y);
            writer.WriteNumberValue(value.Z);
            writer.WriteEndArray();
        }
    }
}
