using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Provenance;

/// <summary>
/// Where an output comes from and what was done to it: the document beside it. It holds no time of day and no folder, so the same run writes the same bytes.
/// </summary>
/// <param name="Schema">Always <see cref="SchemaName"/>.</param>
/// <param name="Version">Version of the schema.</param>
/// <param name="Tool">Program, version and commit.</param>
/// <param name="DigitalSourceType">IPTC term, see <see cref="ProvenanceMarks"/>.</param>
/// <param name="Statement">The same for people.</param>
/// <param name="Input">The original.</param>
/// <param name="Output">The video this document stands beside.</param>
/// <param name="Options">Every option in effect by its name on the command line, defaults included.</param>
/// <param name="Models">Every network that took part.</param>
/// <param name="Frames">Frames in the output.</param>
/// <param name="FacesReplaced">Faces replaced, summed over all frames.</param>
/// <param name="Gaze">How well the gaze was kept; null where it was not measured.</param>
/// <param name="Adaptation">How the generator was fine-tuned for this very video; null, and then not written, where it was not.</param>
public sealed record ProvenanceRecord(
    string Schema,
    int Version,
    string Tool,
    string DigitalSourceType,
    string Statement,
    FileFingerprint Input,
    FileFingerprint Output,
    IReadOnlyDictionary<string, string> Options,
    IReadOnlyList<ModelRecord> Models,
    long Frames,
    long FacesReplaced,
    GazeSummary? Gaze,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AdaptationRecord? Adaptation = null)
{
    /// <summary>Name of the schema.</summary>
    public const string SchemaName = "videogaze.provenance";

    /// <summary>Version written by this program.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The document as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ProvenanceJson.Readable.ProvenanceRecord);
}

[JsonSerializable(typeof(ProvenanceRecord))]
internal sealed partial class ProvenanceJson : JsonSerializerContext
{
    /// <summary>Indented, and without escapes for characters that only a browser's script could trip over: the file is for people, too.</summary>
    public static ProvenanceJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new CamelCase<GazeSkip>(), new CamelCase<GazeFault>(), new CamelCase<GateAction>() },
    });
}
