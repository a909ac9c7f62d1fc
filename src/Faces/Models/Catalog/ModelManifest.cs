using System.Text.Json;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models.Catalog;

/// <summary>The list of models that ship: <c>models/manifest.json</c>. A test holds it to the files beside it.</summary>
/// <param name="Schema">Always <see cref="SchemaName"/>.</param>
/// <param name="Version">Of the schema.</param>
/// <param name="Models">By name.</param>
public sealed record ModelManifest(string Schema, int Version, IReadOnlyList<ShippedModel> Models)
{
    /// <summary>The manifest's name in the models folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>What <see cref="Schema"/> holds.</summary>
    public const string SchemaName = "videogaze.models";

    /// <summary>What <see cref="Version"/> holds.</summary>
    public const int CurrentVersion = 1;

    /// <summary>A manifest of nothing.</summary>
    public static ModelManifest Empty { get; } = new(SchemaName, CurrentVersion, []);

    /// <summary>Reads a folder's manifest; an empty one where the folder has none.</summary>
    /// <exception cref="UserFacingException">It is damaged.</exception>
    public static ModelManifest Read(string folder) => CatalogJson.Read(Path.Combine(folder, FileName), CatalogJson.Readable.ModelManifest) ?? Empty;

    /// <summary>As indented JSON with a line break at the end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CatalogJson.Readable.ModelManifest) + "\n";
}

/// <summary>The list of public models: <c>models/public.json</c>.</summary>
/// <param name="Schema">Always <c>videogaze.public-models</c>.</param>
/// <param name="Version">Of the schema.</param>
/// <param name="Models">In the order in which they are listed.</param>
public sealed record PublicModelList(string Schema, int Version, IReadOnlyList<PublicModel> Models)
{
    /// <summary>The list's name in the models folder.</summary>
    public const string FileName = "public.json";

    /// <summary>Reads a folder's list; an empty one where the folder has none.</summary>
    /// <exception cref="UserFacingException">It is damaged.</exception>
    public static PublicModelList Read(string folder) =>
        CatalogJson.Read(Path.Combine(folder, FileName), CatalogJson.Readable.PublicModelList) ?? new("videogaze.public-models", 1, []);
}
