using System.Text.Json;
using VideoGaze.Faces.Models.Catalog;

namespace VideoGaze.Cli.Results;

/// <summary>The document of <c>models list --json</c>.</summary>
internal sealed record ModelsListDocument(string Command, string Version, IReadOnlyList<InventoryRow> Models)
{
    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultJson.Readable.ModelsListDocument);
}

/// <summary>The document of <c>models verify --json</c>.</summary>
internal sealed record ModelsVerifyDocument(string Command, string Version, bool AllAsPublished, IReadOnlyList<VerifiedFile> Files)
{
    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultJson.Readable.ModelsVerifyDocument);
}

/// <summary>The document of <c>models pull --json</c>.</summary>
internal sealed record ModelsPullDocument(string Command, string Version, PublicModel Model, string Path, bool WasThere, long ResumedFrom)
{
    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultJson.Readable.ModelsPullDocument);
}
