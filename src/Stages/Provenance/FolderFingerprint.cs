using System.Security.Cryptography;
using System.Text;

namespace VideoGaze.Stages.Provenance;

/// <summary>
/// Which folder of data, so that it can be recognised elsewhere. In a shell, inside it:
/// <c>find -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum</c>.
/// </summary>
/// <param name="Folder">Its name without those above it.</param>
/// <param name="Files">Files in it and below.</param>
/// <param name="Bytes">Their length together.</param>
/// <param name="Sha256">Hash of the list of their hashes and names, lower-case hexadecimal.</param>
public sealed record FolderFingerprint(string Folder, int Files, long Bytes, string Sha256)
{
    /// <summary>Reads every file through once.</summary>
    public static async Task<FolderFingerprint> OfAsync(string path, CancellationToken cancellationToken)
    {
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string[] names = [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        StringBuilder list = new();
        long bytes = 0;
        foreach (string name in names)
        {
            FileFingerprint file = await FileFingerprint.OfAsync(Path.Combine(root, name), cancellationToken).ConfigureAwait(false);
            list.Append(file.Sha256).Append("  ").Append(name).Append('\n');
            bytes += file.Bytes;
        }

        return new(Path.GetFileName(root), names.Length, bytes, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString()))));
    }
}
