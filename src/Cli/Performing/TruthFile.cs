using VideoGaze.Faces.Failures;

namespace VideoGaze.Cli.Performing;

/// <summary>A file of lines that gets its name when it is whole.</summary>
internal sealed class TruthFile : IDisposable
{
    private readonly string path;
    private readonly bool overwrite;
    private readonly StreamWriter writer;

    /// <summary>Begins the file under a partial name.</summary>
    /// <param name="path">Its name in the end.</param>
    /// <param name="overwrite">Whether it may replace another.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.OutputExists"/> or <see cref="FailureKind.OutputUnwritable"/>.</exception>
    public TruthFile(string path, bool overwrite)
    {
        this.path = path;
        this.overwrite = overwrite;
        if (File.Exists(path) && !overwrite)
        {
            throw new UserFacingException(FailureKind.OutputExists, $"{path} exists already: add --overwrite, or name another output with -o.");
        }

        try
        {
            writer = new StreamWriter(Partial) { NewLine = "\n" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.OutputUnwritable, $"{path} cannot be written ({e.Message.TrimEnd('.')}): choose another folder with -o.", e);
        }
    }

    private string Partial => path + ".partial";

    /// <summary>Adds a line.</summary>
    public Task WriteAsync(string line) => writer.WriteLineAsync(line);

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        writer.Dispose();
        File.Move(Partial, path, overwrite);
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        writer.Dispose();
        File.Delete(Partial);
    }
}
