using VideoGaze.Cli.Help;
using VideoGaze.Stages;
using VideoGaze.Stages.Likeness;
using VideoGaze.Stages.Report;

namespace VideoGaze.Cli.Results;

/// <summary>The document of <c>likeness --json</c>; docs/likeness.md explains it.</summary>
internal sealed record LikenessDocument(
    string Schema,
    int SchemaVersion,
    string Command,
    string Version,
    bool StoppedEarly,
    LikenessPair Pair,
    LikenessSummary Likeness,
    IReadOnlyList<ModelRecord> Models,
    IReadOnlyList<string> Notes)
{
    /// <summary>The document of a finished comparison.</summary>
    public static LikenessDocument Of(LikenessResult result) =>
        new("videogaze.likeness", 1, "likeness", ToolVersion.Full, result.StoppedEarly, result.Pair, result.Likeness, result.Models, result.Notes);

    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.LikenessDocument);
}
