using VideoGaze.Cli.Benchmarking;
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
    StandardRun? StandardSet,
    IReadOnlyList<PairScore> Pairs,
    ScoreTable Table,
    IReadOnlyList<string> Notes)
{
    /// <summary>The document of a finished score.</summary>
    public static ScoreDocument Of(ScoreResult result) =>
        new("videogaze.score", 1, "score", ToolVersion.Full, result.StoppedEarly, null, [result.Score], ScoreTable.Of(result.Score), result.Notes);

    /// <summary>The document of a standard set.</summary>
    public static ScoreDocument Of(StandardResult result) =>
        new("videogaze.score", 1, "score", ToolVersion.Full, result.StoppedEarly, result.Run, result.Pairs, ScoreTable.Of(result.Pairs), result.Notes);

    /// <summary>As indented JSON.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ResultJson.Readable.ScoreDocument);
}
