using VideoGaze.Faces.Failures;

namespace VideoGaze.Cli.Running;

/// <summary>Writes a file that is either whole or not there: under another name first.</summary>
internal static class WholeFile
{
    /// <summary>Writes and names it.</summary>
    /// <param name="path">Final name.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="option">The option that named it, for messages.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="write">Fills the stream; it may close it.</param>
    /// <exception cref="UserFacingException">It exists, cannot be written, or the disk is full.</exception>
    public static async Task WriteAsync(string path, string what, string option, bool overwrite, Func<Stream, Task> write)
    {
        if (File.Exists(path) && !overwrite)
        {
            throw new UserFacingException(FailureKind.OutputExists, $"The {what} {path} exists: name another file or allow --overwrite.");
        }

        string partial = path + ".partial";
        try
        {
            var stream = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TryDelete(partial);
            bool full = failure.HResult is 28 or unchecked((int)0x80070070);
            throw new UserFacingException(
                full ? FailureKind.DiskFull : FailureKind.OutputUnwritable,
                $"The {what} {path} cannot be written: {failure.Message.TrimEnd('.')}; free space or name another file with {option}.",
                failure);
        }
        catch
        {
            TryDelete(partial);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The failure that is on its way says more.
        }
    }
}
