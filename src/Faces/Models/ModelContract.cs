using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGaze.Faces.Models;

/// <summary>How a generator's network wants its crop and what it gives back. Travels inside the ONNX file as the metadata entry <see cref="MetadataKey"/>, so a file explains itself.</summary>
/// <param name="Id">Kind of network, for instance <c>dfm</c>.</param>
/// <param name="Template">Name of the <see cref="Geometry.AlignmentTemplate"/> its crops follow.</param>
/// <param name="Size">Side of the square crop in pixels.</param>
/// <param name="Description">What it was trained on, in one sentence.</param>
public sealed record ModelContract(string Id, string Template, int Size, string Description)
{
    /// <summary>Key of the ONNX <c>metadata_props</c> entry that holds the contract as JSON.</summary>
    public const string MetadataKey = "videogaze.contract";

    /// <summary>The DeepFaceLab export contract (.dfm): NHWC BGR 0..1 in, target mask, face and face mask out.</summary>
    public const string DfmId = "dfm";

    /// <summary>The contract as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ModelContractJson.Default.ModelContract);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no contract.</exception>
    public static ModelContract FromJson(string json) =>
        JsonSerializer.Deserialize(json, ModelContractJson.Default.ModelContract) ?? throw new JsonException("The model contract is empty.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelContract))]
internal sealed partial class ModelContractJson : JsonSerializerContext;
