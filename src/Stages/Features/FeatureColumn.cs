namespace VideoGaze.Stages.Features;

/// <summary>A column of the feature table.</summary>
/// <param name="Name">snake_case.</param>
/// <param name="Family">Of features, as detectors group them: visual, geometric, temporal, spectral.</param>
/// <param name="Unit">For people; empty for none.</param>
/// <param name="Means">What it is, a sentence without a full stop.</param>
/// <param name="Value">Null where it could not be computed.</param>
internal sealed record FeatureColumn(string Name, string Family, string Unit, string Means, Func<FeatureWindow, double?> Value);
