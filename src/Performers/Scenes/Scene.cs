using VideoGaze.Performers.Lighting;

namespace VideoGaze.Performers.Scenes;

/// <summary>A place with its light and the camera that looks at it. Plain data; who is in it and how is not part of it, so that another can take their place.</summary>
public sealed record Scene
{
    /// <summary>Light on the performers.</summary>
    public required SceneLight Light { get; init; }

    /// <summary>What is behind them.</summary>
    public required Backdrop Backdrop { get; init; }

    /// <summary>The camera's faults; the exposure is still to be chosen.</summary>
    public CameraLook Look { get; init; } = new();

    /// <summary>A scene of any kind, from daylight portraits to night streams. The same seed gives the same scene.</summary>
    public static Scene Random(int seed) => SceneSampler.Sample(new Random(seed));
}
