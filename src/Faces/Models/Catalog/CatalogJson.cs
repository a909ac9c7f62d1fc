using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models.Catalog;

/// <summary>How the lists of models are written: camelCase, indented, for people to read and edit.</summary>
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(PublicModelList))]
internal sealed partial class CatalogJson : JsonSerializerContext
{
    /// <summary>Without escapes for characters that only a browser's script could trip over. A misspelt key is an error, not an empty field.</summary>
    public static CatalogJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>Reads a document; null where there is no such file.</summary>
    /// <exception cref="UserFacingException">It is damaged or cannot be read.</exception>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? throw new JsonException("It is empty.");
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"The list of models '{path}' cannot be read ({failure.Message.TrimEnd('.')}): restore it from the program's release.", failure);
        }
    }
}
