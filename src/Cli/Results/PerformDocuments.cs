using VideoGaze.Cli.Help;
using VideoGaze.Cli.Performing;
using VideoGaze.Performers.Directing;

namespace VideoGaze.Cli.Results;

/// <summary>The document of <c>perform SCRIPT --json</c>.</summary>
internal sealed record PerformDocument(
    string Command, string Version, string Script, int Seed, int Width, int Height, string Rate, IReadOnlyList<string> Cast, string? SwapTruth, IReadOnlyList<string> Files, long Frames, bool StoppedEarly, IReadOnlyList<string> Notes)
{
    /// <summary>The document of a finished clip.</summary>
    public static PerformDocument Of(ClipJob job, ClipResult result) => new(
        "perform",
        ToolVersion.Full,
        job.Script.Name,
        job.Script.Seed,
        job.Script.Width,
        job.Script.Height,
        job.Script.Rate.ToString(),
        [.. job.Script.Roles.Select(role => role.Person.Name)],
        job.SwapTruth?.Name,
        result.Files,
        result.Frames,
        result.StoppedEarly,
        result.Notes);

    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.PerformDocument);
}

/// <summary>The document of <c>perform --dataset N --json</c>.</summary>
internal sealed record PerformDatasetDocument(string Command, string Version, string Folder, string Kind, int Size, int Seed, int First, int Entries, int Made, bool StoppedEarly)
{
    /// <summary>The document of a data set.</summary>
    public static PerformDatasetDocument Of(DatasetJob job, DatasetResult result) => new(
        "perform", ToolVersion.Full, result.Folder, job.Plan.Kind.ToString().ToLowerInvariant(), job.Plan.Size, job.Plan.Seed, job.First, result.Entries, result.Made, result.StoppedEarly);

    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.PerformDatasetDocument);
}

/// <summary>The document of <c>perform --list --json</c>.</summary>
internal sealed record PerformListDocument(string Command, string Version, IReadOnlyList<ScriptTitle> Scripts, IReadOnlyList<string> Cast)
{
    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.PerformListDocument);
}
