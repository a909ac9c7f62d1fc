namespace VideoGaze.Cli.Running;

/// <summary>A place for files that only this run needs: a report that a page is made from, a generator for one video. Nothing is left of it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("videogaze-");

    /// <summary>Where a report is to be written.</summary>
    public string Report => this["gaze.ndjson"];

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => Path.Combine(folder.FullName, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The system clears its folder of temporary files in time.
        }
    }
}
