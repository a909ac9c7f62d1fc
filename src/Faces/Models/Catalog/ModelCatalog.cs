using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models.Catalog;

/// <summary>A model of either list, as far as both say the same.</summary>
/// <param name="Name">What commands call it.</param>
/// <param name="Role">Key of its <see cref="ModelRole"/>.</param>
/// <param name="File">Name of its file.</param>
/// <param name="Contract">Inputs and outputs.</param>
/// <param name="Sha256">SHA-256 the file must have.</param>
/// <param name="Bytes">Size the file must have.</param>
/// <param name="Licence">Name of its licence.</param>
/// <param name="IsPublic">Whether somebody else publishes it; else it ships.</param>
public sealed record ListedModel(string Name, string Role, string File, string Contract, string Sha256, long Bytes, string Licence, bool IsPublic);

/// <summary>What is known of models: those that ship and public ones.</summary>
/// <param name="Shipped">From the manifest.</param>
/// <param name="Public">From the list of public models.</param>
public sealed record ModelCatalog(IReadOnlyList<ShippedModel> Shipped, IReadOnlyList<PublicModel> Public)
{
    /// <summary>Nothing is known.</summary>
    public static ModelCatalog Empty { get; } = new([], []);

    /// <summary>Both lists in one, shipped ones first.</summary>
    public IEnumerable<ListedModel> All =>
    [
        .. Shipped.Select(model => new ListedModel(model.Name, model.Role, model.File, model.Contract, model.Sha256, model.Bytes, model.Licence, IsPublic: false)),
        .. Public.Select(model => new ListedModel(model.Name, model.Role, model.File, model.Contract, model.Sha256, model.Bytes, model.Licence, IsPublic: true)),
    ];

    /// <summary>Reads both lists of a models folder.</summary>
    /// <param name="folder">The folder of shipped models; null where there is none.</param>
    /// <exception cref="UserFacingException">A list is damaged.</exception>
    public static ModelCatalog Read(string? folder) => folder is null ? Empty : new(ModelManifest.Read(folder).Models, PublicModelList.Read(folder).Models);

    /// <summary>The model of a name, or null.</summary>
    public ListedModel? Find(string name) => All.FirstOrDefault(model => model.Name == name);

    /// <summary>The public model of a name.</summary>
    /// <exception cref="UserFacingException">There is none; the sentence names those there are.</exception>
    public PublicModel FindPublic(string name) => Public.FirstOrDefault(model => model.Name == name) ?? throw new UserFacingException(
        FailureKind.Usage,
        Shipped.Any(model => model.Name == name)
            ? $"The model '{name}' ships with the program, there is nothing to fetch."
            : $"No public model is called '{name}': it is one of {string.Join(", ", Public.Select(model => model.Name))}.");
}
