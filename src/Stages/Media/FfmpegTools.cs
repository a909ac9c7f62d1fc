using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Media;

/// <summary>Where ffmpeg and ffprobe are. Found once at the start of a run and handed to whoever needs them.</summary>
/// <param name="Folder">Absolute folder that holds both programs.</param>
public sealed record FfmpegTools(string Folder)
{
    /// <summary>The environment variable that names the folder of ffmpeg and ffprobe; it wins over PATH.</summary>
    public const string FolderVariable = "VIDEOGAZE_FFMPEG";

    /// <summary>
    /// Folder that processes are started from: scripts of the same names that put the programs out of Ctrl+C's reach, where the system can do that;
    /// else <see cref="Folder"/>. On Ctrl+C this process finishes or ends them itself.
    /// </summary>
    public string LaunchFolder { get; init; } = Folder;

    /// <summary>Path of the ffmpeg program.</summary>
    public string Ffmpeg => Path.Combine(Folder, ProgramName("ffmpeg"));

    /// <summary>Path of the ffprobe program.</summary>
    public string Ffprobe => Path.Combine(Folder, ProgramName("ffprobe"));

    /// <summary>Looks in the folder that <see cref="FolderVariable"/> names, or else in PATH.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.FfmpegFailed"/>: not found.</exception>
    public static FfmpegTools Locate()
    {
        string? searchPath = Environment.GetEnvironmentVariable("PATH");
        FfmpegTools tools = Locate(Environment.GetEnvironmentVariable(FolderVariable), searchPath);
        string detached = Path.Combine(AppContext.BaseDirectory, "Detached");
        return HasBoth(detached) && Folders(searchPath).Any(static folder => File.Exists(Path.Combine(folder, "setsid")))
            ? tools with { LaunchFolder = detached }
            : tools;
    }

    internal static FfmpegTools Locate(string? namedFolder, string? searchPath)
    {
        if (!string.IsNullOrEmpty(namedFolder))
        {
            return HasBoth(namedFolder)
                ? new FfmpegTools(Path.GetFullPath(namedFolder))
                : throw new UserFacingException(
                    FailureKind.FfmpegFailed,
                    $"ffmpeg and ffprobe are not both in {namedFolder}, the folder that {FolderVariable} names: correct the variable or unset it.");
        }

        foreach (string folder in Folders(searchPath))
        {
            if (HasBoth(folder))
            {
                return new FfmpegTools(Path.GetFullPath(folder));
            }
        }

        throw new UserFacingException(
            FailureKind.FfmpegFailed,
            $"ffmpeg and ffprobe are not installed: run 'sudo apt-get install -y ffmpeg', or set {FolderVariable} to the folder that holds them.");
    }

    private static string[] Folders(string? searchPath) => (searchPath ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static bool HasBoth(string folder) =>
        File.Exists(Path.Combine(folder, ProgramName("ffmpeg"))) && File.Exists(Path.Combine(folder, ProgramName("ffprobe")));

    private static string ProgramName(string tool) => OperatingSystem.IsWindows() ? tool + ".exe" : tool;
}
