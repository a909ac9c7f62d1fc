using VideoGaze.Cli.Help;
using VideoGaze.Stages;
using VideoGaze.Stages.Report;

namespace VideoGaze.Cli.Results;

/// <summary>The document of <c>measure --json</c>.</summary>
internal sealed record MeasureDocument(
    string Command,
    string Version,
    string? Source,
    string? Truth,
    string Output,
    string? Report,
    bool StoppedEarly,
    GazeSummary Gaze,
    GazeVerdict? Gate,
    IReadOnlyList<ModelRecord> Models,
    IReadOnlyList<string> Notes)
{
    /// <summary>The document of a finished measurement.</summary>
    public static MeasureDocument Of(MeasurePipelineOptions options, MeasureResult result, GazeVerdict? gate) => new(
        "measure", ToolVersion.Full, options.Source, options.Truth, options.Output, options.ReportPath, result.StoppedEarly, result.Gaze, gate, result.Models, result.Notes);

    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.MeasureDocument);
}
