namespace VideoGaze.Training;

/// <summary>Where a training run is.</summary>
/// <param name="Step">Steps done, counted over all resumed runs.</param>
/// <param name="Steps">Steps wanted.</param>
/// <param name="StepsPerSecond">Over the last interval.</param>
/// <param name="Remaining">Estimated time to the end.</param>
/// <param name="Losses">Weighted value of each active loss, by name.</param>
/// <param name="Preview">Preview picture written since the last report, or null.</param>
/// <param name="Checkpoint">Checkpoint written since the last report, or null.</param>
public sealed record TrainingProgress(
    int Step,
    int Steps,
    double StepsPerSecond,
    TimeSpan Remaining,
    IReadOnlyDictionary<string, double> Losses,
    string? Preview = null,
    string? Checkpoint = null);
