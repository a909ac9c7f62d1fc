using VideoGaze.Cli.Help;
using VideoGaze.Stages;
using VideoGaze.Stages.Calibrate;

namespace VideoGaze.Cli.Results;

/// <summary>The document of <c>calibrate --json</c>.</summary>
internal sealed record CalibrateDocument(string Schema, int SchemaVersion, string Command, string Version, bool StoppedEarly, IReadOnlyList<GazeCalibration> Calibrations)
{
    /// <summary>The document of a finished calibration.</summary>
    public static CalibrateDocument Of(CalibrateResult result) => new("videogaze.gaze-calibration", 1, "calibrate", ToolVersion.Full, result.StoppedEarly, result.Rows);

    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.CalibrateDocument);
}
