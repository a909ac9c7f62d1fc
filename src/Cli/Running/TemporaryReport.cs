namespace VideoGaze.Cli.Running;

/// <summary>A place for a report that only a page is made from. Nothing is left of it.</summary>
internal sealed class TemporaryReport : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("videogaze-");

    /// <summary>Where the report is to be written.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "gaze.ndjson");

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
