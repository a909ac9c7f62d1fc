using VideoGaze.Cli.Help;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Report;

namespace VideoGaze.Cli.Results;

/// <summary>The document of <c>process --json</c>.</summary>
internal sealed record ProcessDocument(
    string Command,
    string Version,
    string Input,
    string Output,
    string? Provenance,
    string? Report,
    long Frames,
    long FacesReplaced,
    bool StoppedEarly,
    string Provider,
    double FramesPerSecond,
    double Seconds,
    long PeakBufferBytes,
    IReadOnlyList<ModelRecord> Models,
    AdaptationRecord? Adaptation,
    GazeSummary? Gaze,
    DamageReport? Damage,
    IReadOnlyList<string> Notes,
    IReadOnlyList<StepDocument> Steps)
{
    /// <summary>The document of a finished swap.</summary>
    public static ProcessDocument Of(SwapPipelineOptions options, SwapResult result, string? sidecar) => new(
        "process",
        ToolVersion.Full,
        options.Input,
        result.Output.Path,
        sidecar,
        options.ReportPath,
        result.Output.Frames,
        result.FacesReplaced,
        result.Run.StoppedEarly,
        result.Provider,
        Math.Round(result.Run.FramesPerSecond, 2),
        Math.Round(result.Run.Wall.TotalSeconds, 3),
        result.Run.PeakBufferBytes,
        result.Models,
        options.Adaptation,
        result.Gaze,
        result.Damage.IsSound ? null : result.Damage,
        [.. result.Notes, .. result.Output.Notes],
        StepDocument.Of(result.Run));

    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.ProcessDocument);
}

/// <summary>One step's part of a run, in seconds.</summary>
internal sealed record StepDocument(string Name, long Items, double Busy, double Waited, double MeanQueue, int MaxQueue)
{
    /// <summary>The steps of a run.</summary>
    public static IReadOnlyList<StepDocument> Of(RunReport run) =>
    [
        .. run.Steps.Select(step => new StepDocument(
            step.Name, step.ItemsOut, Math.Round(step.Busy.TotalSeconds, 3), Math.Round(step.Waited.TotalSeconds, 3), Math.Round(step.MeanQueue, 2), step.MaxQueue)),
    ];
}
