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
    public string ToJson() => JsonSerializer.Serialize(this, DoctorJson.Default.DoctorReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorJson : JsonSerializerContext;
