using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGaze.Performers.Posing;

/// <summary>An expression in JSON: an object of shape names and weights, shapes at rest left out.</summary>
internal sealed class ExpressionJsonConverter : JsonConverter<Expression>
{
    public override Expression Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Dictionary<string, float> named = JsonSerializer.Deserialize<Dictionary<string, float>>(ref reader, options) ?? [];
        return Expression.Of(named.Select(pair => ExpressionNames.TryParse(pair.Key, out ExpressionShape shape)
            ? (shape, pair.Value)
            : throw new JsonException($"There is no expression shape '{pair.Key}'.")));
    }

    public override void Write(Utf8JsonWriter writer, Expression value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((ExpressionShape shape, float weight) in value.Parts())
        {
            writer.WriteNumber(ExpressionNames.NameOf(shape), weight);
        }

        writer.WriteEndObject();
    }
}
