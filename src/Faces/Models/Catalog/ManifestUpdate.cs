using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models.Catalog;

/// <summary>
/// Brings a manifest up to its folder. What a file says about itself goes before what the manifest said; texts that only the manifest has are kept. Figures belong to the very weights
/// they were measured on: where the hash changed, those that the new file does not state are dropped.
/// </summary>
public static class ManifestUpdate
{
    private const string Prefix = "videogaze.";

    /// <summary>The manifest that the files of a folder ask for.</summary>
    /// <exception cref="UserFacingException">A file is no weights, or nothing says what it is for.</exception>
    public static ModelManifest Of(string folder)
    {
        ModelManifest old = ModelManifest.Read(folder);
        IEnumerable<string> files = Directory.EnumerateFiles(folder).Where(WeightsMetadata.IsWeights).Order(StringComparer.Ordinal);
        return new(ModelManifest.SchemaName, ModelManifest.CurrentVersion, [.. files.Select(file => Entry(file, old.Models.FirstOrDefault(model => model.File == Path.GetFileName(file))))]);
    }

    /// <summary>SHA-256 of a file, lower-case hexadecimal.</summary>
    public static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static ShippedModel Entry(string path, ShippedModel? old)
    {
        string file = Path.GetFileName(path);
        string hash = HashOf(path);
        bool isSame = old?.Sha256 == hash;
        Dictionary<string, string> said = Bare(WeightsMetadata.Read(path));
        ShippedModel entry = new()
        {
            Name = Path.GetFileNameWithoutExtension(file),
            Role = Take("role") ?? old?.Role ?? ModelRole.All.FirstOrDefault(role => role.FileNames.Contains(file))?.Key ?? throw new UserFacingException(
                FailureKind.ModelInvalid,
                $"Nothing says what '{path}' is for: give it the file name of a role ({string.Join(", ", ModelRole.All.Select(role => role.FileNames[0]))}) or a metadata entry 'role'."),
            File = file,
            Contract = Contract(Take("eyes", "contract")) ?? old?.Contract ?? string.Empty,
            Sha256 = hash,
            Bytes = new FileInfo(path).Length,
            Licence = Take("licence", "license") ?? old?.Licence ?? "MIT",
            TrainingData = Take("data", "trainingData") ?? old?.TrainingData ?? string.Empty,
            Command = Take("origin", "command") ?? old?.Command ?? string.Empty,
            Seed = long.TryParse(Take("seed"), CultureInfo.InvariantCulture, out long seed) ? seed : old?.Seed,
            Time = Take("time", "trainingTime") ?? old?.Time ?? string.Empty,
            KnownLimits = Take("limits", "knownLimits") ?? old?.KnownLimits ?? string.Empty,
            RealClipsUsed = Names(Take("realClipsUsed", "realUsed")) ?? old?.RealClipsUsed ?? [],
            RealClipsUnseen = Names(Take("realClipsUnseen", "realUnseen")) ?? old?.RealClipsUnseen ?? [],
            Groups = isSame ? old!.Groups : [],
        };

        // Which encoder a generator was made with is for the program, not for readers.
        said.Remove("encoder");

        // All that is left is a figure: writers may state as many as they have.
        Dictionary<string, string> quality = isSame ? new(old!.Quality) : [];
        foreach ((string key, string value) in said)
        {
            quality[key] = value;
        }

        return entry with { Quality = quality };

        string? Take(params ReadOnlySpan<string> keys)
        {
            string? found = null;
            foreach (string key in keys)
            {
                found = said.Remove(key, out string? value) && value.Length > 0 ? value : found;
            }

            return found;
        }
    }

    /// <summary>Entries by bare key: <c>videogaze.training-data</c> and <c>trainingData</c> mean the same.</summary>
    private static Dictionary<string, string> Bare(IReadOnlyDictionary<string, string> entries)
    {
        Dictionary<string, string> bare = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string value) in entries)
        {
            bare[(key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : key).Replace("-", string.Empty, StringComparison.Ordinal)] = value;
        }

        return bare;
    }

    /// <summary>A generator's contract is JSON; in a list for people it is words.</summary>
    private static string? Contract(string? said)
    {
        if (said is null || !said.StartsWith('{'))
        {
            return said;
        }

        try
        {
            ModelContract contract = ModelContract.FromJson(said);
            return string.Create(CultureInfo.InvariantCulture, $"{contract.Id}: {contract.Template} crops of {contract.Size} px. {contract.Description}").TrimEnd(' ', '.');
        }
        catch (JsonException)
        {
            return said;
        }
    }

    private static string[]? Names(string? said) => said?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
