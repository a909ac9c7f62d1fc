using VideoGaze.Stages.Report;

namespace VideoGaze.Cli.Results;

/// <summary>The document of <c>report --json</c>.</summary>
internal sealed record ReportDocument(string Command, string Version, string Report, GazeReportHeader Header, GazeSummary Gaze, GazeVerdict? Gate)
{
    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.ReportDocument);
}
