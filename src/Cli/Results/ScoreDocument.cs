using VideoGaze.Cli.Help;
using VideoGaze.Stages;
using VideoGaze.Stages.Score;

namespace VideoGaze.Cli.Results;

/// <summary>The document of <c>score --json</c>; docs/score.md explains it.</summary>
internal sealed record ScoreDocument(
    string Schema,
    int SchemaVersion,
    string Command,
    string Version,
    bool StoppedEarly,
    IReadOnlyList<PairScore> Pairs,
    ScoreTable Table,
    IReadOnlyList<string> Notes)
{
    /// <summary>The document of a finished score.</summary>
    public static ScoreDocument Of(ScoreResult result) =>
        new("videogaze.score", 1, "score", ToolVersion.Full, result.StoppedEarly, [result.Score], ScoreTable.Of(result.Score), result.Notes);

    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.ScoreDocument);
}
