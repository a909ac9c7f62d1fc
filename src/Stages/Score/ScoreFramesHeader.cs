using System.Text.Json.Serialization;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Score;

/// <summary>First line of a per-frame file.</summary>
/// <param name="Schema">Always <see cref="SchemaName"/>.</param>
/// <param name="Version">Version of the schema.</param>
/// <param name="Tool">Program and version.</param>
/// <param name="Pair">Files and people.</param>
/// <param name="Models">Every network that took part.</param>
public sealed record ScoreFramesHeader(string Schema, int Version, string Tool, ScoredPair Pair, IReadOnlyList<ModelRecord> Models)
{
    /// <summary>Says what the line is: <c>header</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "header";

    /// <summary>Name of the schema.</summary>
    public const string SchemaName = "videogaze.score-frames";

    /// <summary>Version written by this program.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The header of a run.</summary>
    internal static ScoreFramesHeader For(ScoredPair pair, IReadOnlyList<ModelRecord> models) => new(SchemaName, CurrentVersion, WrittenBy.Tool, pair, models);
}
