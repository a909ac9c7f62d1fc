namespace VideoGaze.Faces.Models;

/// <summary>The two folders of models that nobody has to name.</summary>
public static class ModelPlaces
{
    /// <summary>Name of the folder beside a published program, and at the root of the repository.</summary>
    public const string FolderName = "models";

    /// <summary>Where <c>videogaze models pull</c> puts files unless told otherwise: <c>$XDG_DATA_HOME/videogaze/models</c>, on most systems below <c>~/.local/share</c>. It need not exist.</summary>
    public static string Pulled => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "videogaze", FolderName);

    /// <summary>The models that ship with this program, or null where they are not beside it.</summary>
    public static string? Shipped() => Shipped(AppContext.BaseDirectory);

    /// <summary>The <c>models</c> folder beside a published program, else the one at the root of the repository the program was built in.</summary>
    internal static string? Shipped(string programFolder)
    {
        DirectoryInfo start = new(programFolder);
        for (DirectoryInfo? folder = start; folder is not null; folder = folder.Parent)
        {
            bool isCandidate = folder.FullName == start.FullName || File.Exists(Path.Combine(folder.FullName, "VideoGaze.sln"));
            string models = Path.Combine(folder.FullName, FolderName);
            if (isCandidate && Directory.Exists(models))
            {
                return models;
            }
        }

        return null;
    }
}
