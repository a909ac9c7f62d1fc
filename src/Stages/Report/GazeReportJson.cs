using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Report;

/// <summary>Serialisation without reflection: camelCase names, enums as camelCase words, one line a document.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCase<GazeSkip>), typeof(CamelCase<OutputEyes>), typeof(CamelCase<GazeFault>), typeof(CamelCase<GateAction>), typeof(CamelCase<GateState>)])]
[JsonSerializable(typeof(GazeReportHeader))]
[JsonSerializable(typeof(FrameGazeRecord))]
[JsonSerializable(typeof(GazeSummary))]
internal sealed partial class GazeReportJson : JsonSerializerContext;

/// <summary>Writes an enum as a camelCase word.</summary>
internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
