using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGaze.Stages.Provenance;

/// <summary>
/// Where a rendered clip comes from: the document beside it. It holds no time of day and no folder, so the same command writes the same bytes.
/// </summary>
/// <param name="Schema">Always <see cref="ProvenanceRecord.SchemaName"/>; <paramref name="DigitalSourceType"/> tells it from a swap's.</param>
/// <param name="Version">Version of the schema.</param>
/// <param name="Tool">Program, version and commit.</param>
/// <param name="DigitalSourceType">IPTC term, see <see cref="ProvenanceMarks.RenderedSourceType"/>.</param>
/// <param name="Statement">The same for people.</param>
/// <param name="Output">The video this document stands beside.</param>
/// <param name="Truth">Its truth.</param>
/// <param name="Sound">The file its sound was taken from; null where it is silent.</param>
/// <param name="Options">Every option in effect by its name on the command line, defaults included.</param>
/// <param name="Seed">Of everything left to chance.</param>
/// <param name="People">Who is seen, role by role.</param>
/// <param name="Assets">The performers' asset pack.</param>
/// <param name="Credits">Whom whoever publishes it should name.</param>
/// <param name="Frames">Frames in the output.</param>
public sealed record RenderedRecord(
    string Schema,
    int Version,
    string Tool,
    string DigitalSourceType,
    string Statement,
    FileFingerprint Output,
    FileFingerprint Truth,
    FileFingerprint? Sound,
    IReadOnlyDictionary<string, string> Options,
    int Seed,
    IReadOnlyList<string> People,
    FolderFingerprint Assets,
    IReadOnlyList<string> Credits,
    long Frames)
{
    /// <summary>The document as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RenderedJson.Readable.RenderedRecord);
}

[JsonSerializable(typeof(RenderedRecord))]
internal sealed partial class RenderedJson : JsonSerializerContext
{
    /// <summary>As <see cref="ProvenanceJson.Readable"/>.</summary>
    public static RenderedJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
