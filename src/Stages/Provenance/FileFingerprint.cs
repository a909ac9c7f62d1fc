using System.Security.Cryptography;

namespace VideoGaze.Stages.Provenance;

/// <summary>Which file, so that it can be recognised under another name.</summary>
/// <param name="File">File name without folder: a sidecar may be published, the author's folders need not be.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">Hash of the content, lower-case hexadecimal.</param>
public sealed record FileFingerprint(string File, long Bytes, string Sha256)
{
    /// <summary>Reads the file through once.</summary>
    public static async Task<FileFingerprint> OfAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            byte[] hash = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
            return new(Path.GetFileName(path), file.Length, Convert.ToHexStringLower(hash));
        }
    }
}
