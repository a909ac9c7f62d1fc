namespace VideoGaze.Faces.Models.Catalog;

/// <summary>A model that somebody else publishes and that this program can use: <c>videogaze models pull</c> fetches it.</summary>
/// <param name="Name">What commands call it.</param>
/// <param name="Role">Key of its <see cref="ModelRole"/>.</param>
/// <param name="File">The name it gets here.</param>
/// <param name="Contract">Inputs and outputs in words, or the name of a contract.</param>
/// <param name="Url">The publisher's address.</param>
/// <param name="Sha256">SHA-256 of the file, lower-case hexadecimal: anything else from that address is refused.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Licence">Name of its licence.</param>
/// <param name="Terms">What the licence means for a user, one plain sentence.</param>
/// <param name="Needs">Names of models without which it cannot run.</param>
public sealed record PublicModel(
    string Name,
    string Role,
    string File,
    string Contract,
    Uri Url,
    string Sha256,
    long Bytes,
    string Licence,
    string Terms,
    IReadOnlyList<string>? Needs = null);
