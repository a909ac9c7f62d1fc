namespace VideoGaze.Faces.Models;

/// <summary>Networks that were asked for by name or file, in place of the best that is found. Null leaves the choice to the store.</summary>
/// <param name="Detector">The value of <c>--detector</c>.</param>
/// <param name="Landmarks">The value of <c>--landmarks</c>.</param>
/// <param name="Gaze">The value of <c>--gaze</c>.</param>
/// <param name="Generator">The value of <c>--generator</c>.</param>
public sealed record ModelChoices(string? Detector = null, string? Landmarks = null, string? Gaze = null, string? Generator = null)
{
    /// <summary>Nothing was asked for.</summary>
    public static ModelChoices None { get; } = new();

    /// <summary>What was asked for in a role, or null.</summary>
    internal string? For(ModelRole role) => role.Key switch
    {
        ModelRole.DetectorKey => Detector,
        ModelRole.LandmarksKey => Landmarks,
        ModelRole.GazeKey => Gaze,
        ModelRole.GeneratorKey => Generator,
        _ => null,
    };
}
