using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models.Catalog;

namespace VideoGaze.Faces.Models;

/// <summary>
/// Finds model files: what was asked for by name or file, else the best file of the first folder that has one. Folders in order: that of <c>--models</c>, that of
/// <c>VIDEOGAZE_MODELS</c>, the program's own, and the one <c>videogaze models pull</c> fills. Whoever names a folder wants its models; what was only pulled never takes the place of ours.
/// </summary>
public sealed class ModelStore
{
    /// <summary>The environment variable that names a folder of models.</summary>
    public const string FolderVariable = "VIDEOGAZE_MODELS";

    private readonly ModelChoices choices;
    private readonly Lazy<ModelCatalog> catalog;

    /// <summary>A store over these folders, in this order.</summary>
    public ModelStore(params string[] folders)
        : this([.. folders.Select(folder => new ModelFolder(folder, ModelOrigin.Option))], ModelChoices.None)
    {
    }

    internal ModelStore(IReadOnlyList<ModelFolder> folders, ModelChoices choices)
    {
        Folders = folders;
        this.choices = choices;

        // Only names and messages need it: a damaged list must not stop a run that finds its files.
        catalog = new(() => ModelCatalog.Read(Folders.FirstOrDefault(folder => folder.Origin == ModelOrigin.Shipped)?.Path));
    }

    /// <summary>The folders that are searched, first to last.</summary>
    public IReadOnlyList<ModelFolder> Folders { get; }

    /// <summary>What is known of models that ship and of public ones.</summary>
    public ModelCatalog Catalog => catalog.Value;

    /// <summary>The store of an ordinary run.</summary>
    /// <param name="modelsOption">The value of <c>--models</c>, or null.</param>
    /// <param name="choices">What was asked for by name or file, or null.</param>
    /// <exception cref="UserFacingException">A folder that was named does not exist.</exception>
    public static ModelStore Open(string? modelsOption, ModelChoices? choices = null) =>
        Open(modelsOption, Environment.GetEnvironmentVariable(FolderVariable), AppContext.BaseDirectory, ModelPlaces.Pulled, choices);

    /// <summary>The path of the file for a role.</summary>
    /// <exception cref="UserFacingException">No folder has one, or what was asked for is not there.</exception>
    public string Resolve(ModelRole role) => (Find(role) ?? throw Missing(role)).Path;

    /// <summary>The path of the file for a role, or null where no folder has one.</summary>
    /// <exception cref="UserFacingException">What was asked for is not there.</exception>
    public string? TryResolve(ModelRole role) => Find(role)?.Path;

    /// <summary>The file for a role and where it was found, or null where no folder has one.</summary>
    /// <exception cref="UserFacingException">What was asked for is not there.</exception>
    public FoundModel? Find(ModelRole role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return choices.For(role) is { } asked ? Named(role, asked) : Folders.Select(folder => InFolder(folder, role.FileNames)).FirstOrDefault(found => found is not null);
    }

    /// <summary>A file by its exact name, wherever it lies; null where no folder has it.</summary>
    public FoundModel? FindFile(string fileName) => Folders.Select(folder => InFolder(folder, [fileName])).FirstOrDefault(found => found is not null);

    /// <summary>The model that a name or file stands for.</summary>
    /// <param name="role">What it is for.</param>
    /// <param name="asked">A path; a file name in one of the folders, with or without its ending; or a name of the lists.</param>
    /// <param name="option">The option it was asked for with; null: the role's own.</param>
    /// <exception cref="UserFacingException">There is none, or it is for something else.</exception>
    public FoundModel Named(ModelRole role, string asked, string? option = null)
    {
        ArgumentNullException.ThrowIfNull(role);
        option ??= "--" + role.Key;
        if (File.Exists(asked))
        {
            return new(asked, ModelOrigin.File);
        }

        ListedModel? listed = Catalog.Find(asked);
        if (listed is not null && listed.Role != role.Key)
        {
            throw new UserFacingException(FailureKind.Usage, $"The model '{asked}' is no {role.Name} ('videogaze models list' calls it {listed.Role}): name another for {option}.");
        }

        string[] files = listed is not null ? [listed.File] : [asked, asked + ".onnx", asked + ".dfm"];
        return files.Select(FindFile).FirstOrDefault(found => found is not null) ?? throw (listed is { IsPublic: true }
            ? Invalid($"The {role.Name} '{asked}' is not on this machine: fetch it with 'videogaze models pull {asked}'.")
            : Invalid($"The {role.Name} '{asked}' was not found: {option} takes a file or a name{Known(role)}; looked in {Searched()}."));
    }

    /// <summary>Loads the file for a role.</summary>
    /// <exception cref="UserFacingException">No folder has one, or it cannot be loaded.</exception>
    public OnnxSession Load(ModelRole role, OnnxSessionOptions? options = null) => OnnxSession.Load(Resolve(role), options);

    /// <summary>The sentence for a role that nothing fills: what was looked for, where, and how to get one.</summary>
    public UserFacingException Missing(ModelRole role)
    {
        ArgumentNullException.ThrowIfNull(role);
        string pull = Catalog.Public.FirstOrDefault(model => model.Role == role.Key) is { } model ? $"fetch one with 'videogaze models pull {model.Name}', or " : string.Empty;
        return Invalid($"No {role.Name} was found ({string.Join(" or ", role.FileNames)}; looked in {Searched()}): {pull}name the folder that holds it with --models DIR or {FolderVariable}.");
    }

    internal static ModelStore Open(string? modelsOption, string? environmentFolder, string programFolder, string? pulledFolder, ModelChoices? choices = null)
    {
        List<ModelFolder> folders = [];
        AddNamed(modelsOption, ModelOrigin.Option, "--models");
        AddNamed(environmentFolder, ModelOrigin.Variable, FolderVariable);
        AddIfThere(ModelPlaces.Shipped(programFolder), ModelOrigin.Shipped);
        AddIfThere(pulledFolder, ModelOrigin.Pulled);
        return new(folders, choices ?? ModelChoices.None);

        void AddNamed(string? folder, ModelOrigin origin, string source)
        {
            if (string.IsNullOrEmpty(folder))
            {
                return;
            }

            if (!Directory.Exists(folder))
            {
                throw Invalid($"The models folder '{folder}' given by {source} does not exist: name the folder that holds the ONNX models.");
            }

            folders.Add(new(folder, origin));
        }

        void AddIfThere(string? folder, ModelOrigin origin)
        {
            if (Directory.Exists(folder))
            {
                folders.Add(new(folder, origin));
            }
        }
    }

    private static FoundModel? InFolder(ModelFolder folder, IEnumerable<string> fileNames) =>
        fileNames.Select(name => Path.Combine(folder.Path, name)).FirstOrDefault(File.Exists) is { } path ? new(path, folder.Origin) : null;

    private static UserFacingException Invalid(string message) => new(FailureKind.ModelInvalid, message);

    private string Searched() => Folders.Count == 0 ? "no folder" : string.Join(", ", Folders.Select(folder => folder.Path));

    private string Known(ModelRole role)
    {
        string[] names = [.. Catalog.All.Where(model => model.Role == role.Key).Select(model => model.Name)];
        return names.Length == 0 ? string.Empty : $" such as {string.Join(", ", names)}";
    }
}
