using System.Text.Json;
using VideoGaze.Training;

namespace VideoGaze.Cli.Results;

/// <summary>The document of <c>train --json</c>.</summary>
internal sealed record TrainDocument(string Command, string Version, string Checkpoint, int Steps, IReadOnlyDictionary<string, double> Losses)
{
    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultJson.Readable.TrainDocument);
}

/// <summary>The document of <c>train-gaze --json</c>.</summary>
internal sealed record TrainGazeDocument(string Command, string Version, string Output, int Steps, GazeRecipeResult HeldOut)
{
    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultJson.Readable.TrainGazeDocument);
}

/// <summary>The document of <c>train landmarks --json</c>.</summary>
internal sealed record TrainLandmarksDocument(string Command, string Version, string Output, int Steps, LandmarkRecipeResult Result)
{
    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultJson.Readable.TrainLandmarksDocument);
}

/// <summary>The document of <c>export --json</c>.</summary>
internal sealed record ExportDocument(string Command, string Version, GeneratorExport Generator)
{
    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultJson.Readable.ExportDocument);
}

/// <summary>The document of <c>train gaze --json</c>.</summary>
internal sealed record TrainEyesDocument(string Command, string Version, EyesExport Network)
{
    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultJson.Readable.TrainEyesDocument);
}
