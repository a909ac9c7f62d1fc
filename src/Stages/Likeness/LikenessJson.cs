using System.Text.Json.Serialization;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Likeness;

/// <summary>Serialisation without reflection: camelCase names, enums as camelCase words, one line a document.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCase<LikenessSkip>)])]
[JsonSerializable(typeof(LikenessFramesHeader))]
[JsonSerializable(typeof(FrameLikeness))]
internal sealed partial class LikenessJson : JsonSerializerContext;
