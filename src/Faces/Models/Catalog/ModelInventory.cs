namespace VideoGaze.Faces.Models.Catalog;

/// <summary>A model as this machine has it.</summary>
/// <param name="Name">What commands call it.</param>
/// <param name="Role">Key of its <see cref="ModelRole"/>.</param>
/// <param name="Contract">Inputs and outputs, as far as they are known.</param>
/// <param name="File">Name of its file.</param>
/// <param name="Path">Where it lies; null where this machine has it not.</param>
/// <param name="Source">Who brought it: <c>shipped</c>, <c>pulled</c>, <c>--models</c>, <c>VIDEOGAZE_MODELS</c>, or <c>public</c> for one that can be pulled.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Licence">Name of its licence; <c>not known</c> for files that no list has.</param>
/// <param name="IsDefault">Whether a run takes it in its role without being told.</param>
public sealed record InventoryRow(string Name, string Role, string Contract, string File, string? Path, string Source, long Bytes, string Licence, bool IsDefault);

/// <summary>How a file compares with what a list says of it.</summary>
public enum ModelState
{
    /// <summary>The very file.</summary>
    Ok,

    /// <summary>Another file under its name.</summary>
    Different,

    /// <summary>It ships, but it is not there.</summary>
    Missing,

    /// <summary>It lies among the shipped models, but the manifest does not know it.</summary>
    Unlisted,
}

/// <summary>A file that was checked.</summary>
/// <param name="Path">Where it lies or should.</param>
/// <param name="State">How it compares.</param>
/// <param name="Sha256">What it has; null where it is missing.</param>
/// <param name="Expected">What it should have; null where no list has it.</param>
public sealed record VerifiedFile(string Path, ModelState State, string? Sha256, string? Expected);

/// <summary>Which models there are, and whether they are the right ones.</summary>
/// <param name="store">Where models are looked for.</param>
public sealed class ModelInventory(ModelStore store)
{
    /// <summary>Every model of the lists, then files of known roles that no list has.</summary>
    public IReadOnlyList<InventoryRow> List()
    {
        HashSet<string> defaults = [.. ModelRole.All.Select(role => store.Find(role)?.Path).OfType<string>()];
        List<InventoryRow> rows = [];
        foreach (ListedModel model in store.Catalog.All)
        {
            FoundModel? found = store.FindFile(model.File);
            rows.Add(new(
                model.Name, model.Role, model.Contract, model.File, found?.Path, found?.Source ?? (model.IsPublic ? "public" : "missing"), model.Bytes, model.Licence, found is not null && defaults.Contains(found.Path)));
        }

        HashSet<string> listed = [.. rows.Select(row => row.File)];
        rows.AddRange(
            from role in ModelRole.All
            from file in role.FileNames
            where !listed.Contains(file)
            let found = store.FindFile(file)
            where found is not null
            select new InventoryRow(
                Path.GetFileNameWithoutExtension(file), role.Key, string.Empty, file, found.Path, found.Source, new FileInfo(found.Path).Length, "not known", defaults.Contains(found.Path)));
        return rows;
    }

    /// <summary>Hashes every shipped model and every public one that is on this machine. Files of one's own in folders of one's own are nobody's business.</summary>
    /// <param name="onFile">Told each file before it is read.</param>
    /// <param name="stop">Ends with an exception.</param>
    public IReadOnlyList<VerifiedFile> Verify(Action<string>? onFile, CancellationToken stop)
    {
        List<VerifiedFile> files = [];
        foreach (ModelFolder folder in store.Folders)
        {
            bool ships = folder.Origin == ModelOrigin.Shipped;
            IEnumerable<ListedModel> known = store.Catalog.All.Where(model => ships || model.IsPublic);
            foreach (ListedModel model in known)
            {
                stop.ThrowIfCancellationRequested();
                string path = Path.Combine(folder.Path, model.File);
                if (File.Exists(path))
                {
                    onFile?.Invoke(path);
                    string hash = ManifestUpdate.HashOf(path);
                    files.Add(new(path, hash == model.Sha256 ? ModelState.Ok : ModelState.Different, hash, model.Sha256));
                }
                else if (!model.IsPublic)
                {
                    files.Add(new(path, ModelState.Missing, null, model.Sha256));
                }
            }

            if (ships)
            {
                files.AddRange(
                    from path in Directory.EnumerateFiles(folder.Path).Where(WeightsMetadata.IsWeights).Order(StringComparer.Ordinal)
                    where !known.Any(model => model.File == Path.GetFileName(path))
                    select new VerifiedFile(path, ModelState.Unlisted, ManifestUpdate.HashOf(path), null));
            }
        }

        return files;
    }
}
