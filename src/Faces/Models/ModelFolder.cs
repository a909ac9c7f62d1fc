namespace VideoGaze.Faces.Models;

/// <summary>How a model file came to be found, in the order of search.</summary>
public enum ModelOrigin
{
    /// <summary>Its file was named on the command line.</summary>
    File,

    /// <summary>In the folder of <c>--models</c>.</summary>
    Option,

    /// <summary>In the folder of <c>VIDEOGAZE_MODELS</c>.</summary>
    Variable,

    /// <summary>Among the models that ship with the program.</summary>
    Shipped,

    /// <summary>Fetched by <c>videogaze models pull</c>.</summary>
    Pulled,
}

/// <summary>A folder in which models are looked for.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Origin">Who named it.</param>
public sealed record ModelFolder(string Path, ModelOrigin Origin);

/// <summary>A model file that was found.</summary>
/// <param name="Path">The file.</param>
/// <param name="Origin">Where.</param>
public sealed record FoundModel(string Path, ModelOrigin Origin)
{
    /// <summary>Where it was found, in a word or two for tables: <c>shipped</c>, <c>--models</c>.</summary>
    public string Source => Origin switch
    {
        ModelOrigin.File => "named",
        ModelOrigin.Option => "--models",
        ModelOrigin.Variable => ModelStore.FolderVariable,
        ModelOrigin.Shipped => "shipped",
        _ => "pulled",
    };
}
