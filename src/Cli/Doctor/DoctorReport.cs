using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGaze.Cli.Doctor;

/// <summary>Everything the doctor found: the document of <c>doctor --json</c>.</summary>
/// <param name="Tool">Always <c>videogaze</c>.</param>
/// <param name="Version">Version and commit.</param>
/// <param name="Healthy">Whether an ordinary run would find all it needs.</param>
/// <param name="Findings">In the order they were made.</param>
internal sealed record DoctorReport(string Tool, string Version, bool Healthy, IReadOnlyList<Finding> Findings)
{
    /// <summary>The report as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DoctorJson.Readable.DoctorReport);
}

[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorJson : JsonSerializerContext
{
    /// <summary>Indented, and without escapes for characters that only a browser's script could trip over.</summary>
    public static DoctorJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
