namespace VideoGaze.Faces.Models.Catalog;

/// <summary>A model that ships: what it is, how it was made and what is known of its quality and its limits.</summary>
public sealed record ShippedModel
{
    /// <summary>What <c>--detector</c> and the like may call it: the file's name without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>Key of its <see cref="ModelRole"/>.</summary>
    public required string Role { get; init; }

    /// <summary>Name of its file in the models folder.</summary>
    public required string File { get; init; }

    /// <summary>Inputs and outputs, ranges and axes, in words or by the name of a contract.</summary>
    public required string Contract { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>Licence of the weights.</summary>
    public required string Licence { get; init; }

    /// <summary>What it was trained on: how many pictures of whom, rendered or real, and how real ones were labelled.</summary>
    public string TrainingData { get; init; } = string.Empty;

    /// <summary>The command line that trained it.</summary>
    public string Command { get; init; } = string.Empty;

    /// <summary>Seed of everything random in it.</summary>
    public long? Seed { get; init; }

    /// <summary>How long it took, on what.</summary>
    public string Time { get; init; } = string.Empty;

    /// <summary>Measured quality: what was measured on what, and the figure with its unit.</summary>
    public IReadOnlyDictionary<string, string> Quality { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it is known to be weak.</summary>
    public string KnownLimits { get; init; } = string.Empty;

    /// <summary>Quality by group of people and pictures: poses, skin tones, spectacles.</summary>
    public IReadOnlyList<GroupQuality> Groups { get; init; } = [];

    /// <summary>Real clips that took part in its training.</summary>
    public IReadOnlyList<string> RealClipsUsed { get; init; } = [];

    /// <summary>Real clips that were kept away from its training, for judging it.</summary>
    public IReadOnlyList<string> RealClipsUnseen { get; init; } = [];
}

/// <summary>Quality in one group.</summary>
/// <param name="Group">Who or what: <c>spectacles</c>, <c>yaw 40 to 60 degrees</c>, <c>darkest skin tone of six</c>.</param>
/// <param name="Figures">What was measured, and the figure with its unit.</param>
public sealed record GroupQuality(string Group, IReadOnlyDictionary<string, string> Figures);
