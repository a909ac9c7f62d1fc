using System.Text.Json.Serialization;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Score;

/// <summary>Serialisation without reflection: camelCase names, enums as camelCase words, one line a document.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCase<GazeSkip>)])]
[JsonSerializable(typeof(ScoreFramesHeader))]
[JsonSerializable(typeof(FrameScore))]
internal sealed partial class ScoreJson : JsonSerializerContext;
