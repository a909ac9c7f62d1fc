using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Models;

/// <summary>Finds model files: in the folder of <c>--models</c>, then in that of <c>VIDEOGAZE_MODELS</c>, then among those that ship.</summary>
public sealed class ModelStore
{
    /// <summary>The environment variable that names a folder of models.</summary>
    public const string FolderVariable = "VIDEOGAZE_MODELS";

    private readonly string[] folders;

    /// <summary>A store over these folders, in this order.</summary>
    public ModelStore(params string[] folders) => this.folders = folders;

    /// <summary>The folders that are searched, first to last.</summary>
    public IReadOnlyList<string> Folders => folders;

    /// <summary>The store of an ordinary run.</summary>
    /// <param name="modelsOption">The value of <c>--models</c>, or null.</param>
    /// <exception cref="UserFacingException">A folder that was named does not exist.</exception>
    public static ModelStore Open(string? modelsOption) =>
        Open(modelsOption, Environment.GetEnvironmentVariable(FolderVariable), AppContext.BaseDirectory);

    /// <summary>The path of the best file for a role.</summary>
    /// <exception cref="UserFacingException">No folder has one.</exception>
    public string Resolve(ModelRole role) => TryResolve(role) ?? throw Missing(role.Name, string.Join(" or ", role.FileNames));

    /// <summary>The path of the best file for a role, or null.</summary>
    public string? TryResolve(ModelRole role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return role.FileNames.Select(TryResolve).FirstOrDefault(path => path is not null);
    }

    /// <summary>The path of a file by its name.</summary>
    /// <exception cref="UserFacingException">No folder has it.</exception>
    public string Resolve(string fileName) => TryResolve(fileName) ?? throw Missing("model", fileName);

    /// <summary>Loads the best file for a role.</summary>
    /// <exception cref="UserFacingException">No folder has one, or it cannot be loaded.</exception>
    public OnnxSession Load(ModelRole role, OnnxSessionOptions? options = null) => OnnxSession.Load(Resolve(role), options);

    internal static ModelStore Open(string? modelsOption, string? environmentFolder, string programFolder)
    {
        List<string> folders = [];
        AddNamed(modelsOption, "--models");
        AddNamed(environmentFolder, FolderVariable);
        if (ShippedFolder(programFolder) is { } shipped)
        {
            folders.Add(shipped);
        }

        return new([.. folders]);

        void AddNamed(string? folder, string source)
        {
            if (string.IsNullOrEmpty(folder))
            {
                return;
            }

            if (!Directory.Exists(folder))
            {
                throw new UserFacingException(FailureKind.ModelInvalid, $"The models folder '{folder}' given by {source} does not exist: name the folder that holds the ONNX models.");
            }

            folders.Add(folder);
        }
    }

    /// <summary>The <c>models</c> folder beside a published program, else the one at the root of the repository the program was built in.</summary>
    private static string? ShippedFolder(string programFolder)
    {
        for (DirectoryInfo? folder = new(programFolder); folder is not null; folder = folder.Parent)
        {
            bool isCandidate = folder.FullName == new DirectoryInfo(programFolder).FullName || File.Exists(Path.Combine(folder.FullName, "VideoGaze.sln"));
            string models = Path.Combine(folder.FullName, "models");
            if (isCandidate && Directory.Exists(models))
            {
                return models;
            }
        }

        return null;
    }

    private string? TryResolve(string fileName) => folders.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    private UserFacingException Missing(string role, string files) => new(
        FailureKind.ModelInvalid,
        $"No {role} was found ({files}; looked in {(folders.Length == 0 ? "no folder" : string.Join(", ", folders))}): name the folder that holds the models with --models DIR or {FolderVariable}.");
}
