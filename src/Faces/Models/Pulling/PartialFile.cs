using System.Security.Cryptography;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models.Pulling;

/// <summary>A file that grows under the name <c>NAME.partial</c> until it is whole. Only one process at a time has it.</summary>
internal sealed class PartialFile : IDisposable
{
    // errno 28 of Linux and ERROR_DISK_FULL of Windows, as .NET hands them on.
    private const int NoSpaceLeft = 28, WindowsDiskFull = unchecked((int)0x80070070);

    private readonly string finalPath;
    private readonly FileStream file;

    private PartialFile(string finalPath, FileStream file)
    {
        this.finalPath = finalPath;
        this.file = file;
    }

    /// <summary>Bytes it has.</summary>
    public long Length => file.Length;

    private string PartialPath => file.Name;

    /// <summary>Opens what an earlier attempt has left, or begins anew.</summary>
    /// <exception cref="UserFacingException">The folder cannot be written to, or another process has the file.</exception>
    public static PartialFile Open(string finalPath)
    {
        string path = finalPath + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(finalPath))!);

            // Without a buffer: what a full disk refused would be written again when the file is closed.
            return new(finalPath, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(
                FailureKind.OutputUnwritable,
                $"The file '{path}' cannot be written ({failure.Message.TrimEnd('.')}): wait for another download to end, or name a folder you may write to with --to DIR.",
                failure);
        }
    }

    /// <summary>Drops what is there.</summary>
    public void Restart()
    {
        if (file.Length > 0)
        {
            file.SetLength(0);
        }
    }

    /// <summary>Adds bytes at the end.</summary>
    /// <exception cref="UserFacingException">The disk is full or fails; what was there is kept.</exception>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        long before = file.Length;
        try
        {
            file.Seek(0, SeekOrigin.End);

            // Without the caller's token: half a block would be of no use to the next attempt.
            await file.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            bool full = failure.HResult is NoSpaceLeft or WindowsDiskFull;
            throw new UserFacingException(
                full ? FailureKind.DiskFull : FailureKind.OutputUnwritable,
                $"The file '{PartialPath}' cannot be written on after {before} bytes ({failure.Message.TrimEnd('.')}): {(full ? "free some space" : "see to the disk")} and run the same command again to go on.",
                failure);
        }
    }

    /// <summary>SHA-256 of all its bytes, lower-case hexadecimal.</summary>
    public string Hash()
    {
        file.Seek(0, SeekOrigin.Begin);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Gives it its final name.</summary>
    public void Commit()
    {
        file.Flush(flushToDisk: true);
        file.Dispose();
        File.Move(PartialPath, finalPath, overwrite: true);
    }

    /// <summary>Leaves nothing behind.</summary>
    public void Delete()
    {
        file.Dispose();
        File.Delete(PartialPath);
    }

    /// <summary>Closes it. What has arrived is kept; an empty file is not.</summary>
    public void Dispose()
    {
        bool isEmpty = file.CanRead && file.Length == 0;
        file.Dispose();
        if (isEmpty)
        {
            File.Delete(PartialPath);
        }
    }
}
