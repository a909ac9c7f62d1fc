using VideoGaze.Cli.Help;
using VideoGaze.Stages;
using VideoGaze.Stages.Report;

namespace VideoGaze.Cli.Results;

/// <summary>The document of <c>extract --json</c>.</summary>
internal sealed record ExtractDocument(
    string Command,
    string Version,
    string Folder,
    long Faces,
    bool StoppedEarly,
    IReadOnlyList<ExtractedInput> Inputs,
    IReadOnlyList<ModelRecord> Models,
    IReadOnlyList<string> Notes)
{
    /// <summary>The document of a finished extraction.</summary>
    public static ExtractDocument Of(ExtractResult result) => new(
        "extract", ToolVersion.Full, result.Folder, result.Inputs.Sum(input => input.Faces), result.StoppedEarly, result.Inputs, result.Models, result.Notes);

    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.ExtractDocument);
}
