using System.Text.Json.Serialization;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Gaze;

namespace VideoGaze.Stages.Report;

/// <summary>First line of a gaze report: what follows and how it was made.</summary>
/// <param name="Schema">Always <see cref="SchemaName"/>.</param>
/// <param name="Version">Version of the schema; readers refuse a higher one.</param>
/// <param name="Tool">Program and version.</param>
/// <param name="Command"><c>process</c> or <c>measure</c>.</param>
/// <param name="Source">File the gaze is compared to.</param>
/// <param name="Output">File whose gaze is measured.</param>
/// <param name="Estimator">Kind of gaze network.</param>
/// <param name="Models">Every network that took part.</param>
/// <param name="Settings">Limits and settings by name.</param>
/// <param name="Provenance">Whether the output is marked as synthetic; false records that marking was switched off, null that the file was not made by this run.</param>
/// <param name="Floors">What the estimator gets wrong where nothing is swapped, on each set it was calibrated on; empty where it never was, null in reports of before.</param>
/// <param name="Gate">The limit that every frame was held to; null where there was none.</param>
/// <param name="Second">A second estimator that measured the same faces; null where there was none.</param>
/// <param name="FootageFloor">What the report would say of this footage if nothing had been swapped; null where that was not tried.</param>
/// <param name="Adaptation">How the generator was fine-tuned for this very video; null, and then not written, where it was not.</param>
public sealed record GazeReportHeader(
    string Schema,
    int Version,
    string Tool,
    string Command,
    string? Source,
    string? Output,
    string Estimator,
    IReadOnlyList<ModelRecord> Models,
    GazeSettingsRecord Settings,
    bool? Provenance,
    IReadOnlyList<EstimatorFloor>? Floors = null,
    FrameGate? Gate = null,
    SecondEstimator? Second = null,
    FootageFloor? FootageFloor = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AdaptationRecord? Adaptation = null)
{
    /// <summary>Says what the line is: <c>header</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "header";

    /// <summary>Name of the schema.</summary>
    public const string SchemaName = "videogaze.gaze-report";

    /// <summary>Version written by this program.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The header of a run.</summary>
    public static GazeReportHeader For(GazeSetup setup, string command, string? source, string? output, bool? provenance) =>
        new(SchemaName, CurrentVersion, WrittenBy.Tool, command, source, output, setup.Estimator, setup.Models, GazeSettingsRecord.Of(setup.Options), provenance, EstimatorFloors.Of(setup), Second: setup.Second);
}

/// <summary>A network that took part in a measurement.</summary>
/// <param name="Role">What it did.</param>
/// <param name="File">File name without folder.</param>
/// <param name="Sha256">Hash of the file, lower-case hexadecimal.</param>
public sealed record ModelRecord(string Role, string File, string Sha256)
{
    internal static ModelRecord Of(string role, FloatNetwork network) => new(role, Path.GetFileName(network.Path), network.Sha256);
}

/// <summary>The settings of a measurement as the report states them.</summary>
/// <param name="OutputEyes">How the eyes of the output were found.</param>
/// <param name="AverageMirror">Whether each picture was also measured mirrored.</param>
/// <param name="MirrorSpan">Frames that one look at the mirrored picture served at most.</param>
/// <param name="ProfileLimit">Degrees of head yaw beyond which faces are skipped.</param>
/// <param name="MinConfidence">Confidence below which measurements are skipped.</param>
/// <param name="FocalRatio">Assumed focal length over the larger frame side.</param>
public sealed record GazeSettingsRecord(OutputEyes OutputEyes, bool AverageMirror, int MirrorSpan, double ProfileLimit, double MinConfidence, double FocalRatio)
{
    internal static GazeSettingsRecord Of(GazeOptions options) =>
        new(options.OutputEyes, options.AverageMirror, options.MirrorSpan, options.ProfileLimitDegrees, options.MinConfidence, Math.Round(options.FocalRatio, 4));
}
