using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGaze.Faces.Models.Catalog;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Likeness;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Cli.Results;

/// <summary>How every <c>--json</c> document is written: camelCase, indented, nothing left out, words for enums.</summary>
[JsonSerializable(typeof(ProcessDocument))]
[JsonSerializable(typeof(ExtractDocument))]
[JsonSerializable(typeof(MeasureDocument))]
[JsonSerializable(typeof(ReportDocument))]
[JsonSerializable(typeof(ScoreDocument))]
[JsonSerializable(typeof(LikenessDocument))]
[JsonSerializable(typeof(CalibrateDocument))]
[JsonSerializable(typeof(TrainDocument))]
[JsonSerializable(typeof(TrainGazeDocument))]
[JsonSerializable(typeof(TrainLandmarksDocument))]
[JsonSerializable(typeof(TrainEyesDocument))]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(PerformDocument))]
[JsonSerializable(typeof(PerformDatasetDocument))]
[JsonSerializable(typeof(PerformListDocument))]
[JsonSerializable(typeof(ModelsListDocument))]
[JsonSerializable(typeof(ModelsVerifyDocument))]
[JsonSerializable(typeof(ModelsPullDocument))]
internal sealed partial class ResultJson : JsonSerializerContext
{
    /// <summary>Without escapes for characters that only a browser's script could trip over.</summary>
    public static ResultJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<GazeSkip>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<OutputEyes>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<ModelState>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<GazeFault>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<GateAction>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<LikenessSkip>(JsonNamingPolicy.CamelCase) },
    });
}
