using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Report;

/// <summary>
/// JSON documents, one a line, flushed as they are written. A file is <c>NAME.partial</c> until it is whole. A reader of a stream that goes away ends the writing, not the run.
/// </summary>
internal sealed class NdjsonWriter
{
    private readonly string? finalPath;
    private readonly string what;
    private readonly string option;
    private Stream? stream;

    private NdjsonWriter(Stream? stream, string? finalPath, string what, string option)
    {
        this.stream = stream;
        this.finalPath = finalPath;
        this.what = what;
        this.option = option;
    }

    /// <summary>Writes nothing.</summary>
    public static NdjsonWriter ToNowhere() => new(null, null, string.Empty, string.Empty);

    /// <summary>Writes into a stream, which stays open.</summary>
    public static NdjsonWriter ToStream(Stream stream) => new(stream, null, string.Empty, string.Empty);

    /// <summary>Writes a file.</summary>
    /// <param name="path">Final name; an existing file is replaced by <see cref="CommitAsync"/>.</param>
    /// <param name="what">What the file is, for messages: <c>gaze report</c>.</param>
    /// <param name="option">The option that names it, for messages: <c>--report</c>.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.OutputUnwritable"/>.</exception>
    public static NdjsonWriter ToFile(string path, string what, string option)
    {
        try
        {
            return new(new FileStream(PartialPath(path), FileMode.Create, FileAccess.Write, FileShare.Read), path, what, option);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.OutputUnwritable, $"The {what} {path} cannot be written: {failure.Message.TrimEnd('.')}; name another file with {option}.", failure);
        }
    }

    /// <summary>Writes a document.</summary>
    /// <exception cref="UserFacingException">A file cannot be written on.</exception>
    public async ValueTask WriteLineAsync<T>(T value, JsonTypeInfo<T> type)
    {
        if (stream is null)
        {
            return;
        }

        byte[] line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, type) + "\n");
        try
        {
            // Without the run's token: half a line would spoil the file for its reader.
            await stream.WriteAsync(line, CancellationToken.None).ConfigureAwait(false);
            await stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            if (finalPath is not null)
            {
                bool full = failure.HResult is 28 or unchecked((int)0x80070070);
                throw new UserFacingException(
                    full ? FailureKind.DiskFull : FailureKind.OutputUnwritable,
                    $"The {what} {finalPath} cannot be written on: {failure.Message.TrimEnd('.')}; free space or name another file with {option}.",
                    failure);
            }

            // A closed pipe: whoever read it has seen enough.
            stream = null;
        }
    }

    /// <summary>Gives a file its final name.</summary>
    public async ValueTask CommitAsync()
    {
        if (finalPath is not null)
        {
            await CloseFileAsync().ConfigureAwait(false);
            File.Move(PartialPath(finalPath), finalPath, overwrite: true);
        }
    }

    /// <summary>Leaves nothing behind of a file. Never throws.</summary>
    public async ValueTask AbandonAsync()
    {
        if (finalPath is null)
        {
            return;
        }

        try
        {
            await CloseFileAsync().ConfigureAwait(false);
            File.Delete(PartialPath(finalPath));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The run has failed already and this call must not throw; a left-over .partial file is never taken for a whole one.
        }
    }

    private static string PartialPath(string path) => path + ".partial";

    private async ValueTask CloseFileAsync()
    {
        Stream? file = stream;
        stream = null;
        if (file is not null)
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }
}
