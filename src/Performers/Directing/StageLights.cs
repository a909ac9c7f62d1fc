using VideoGaze.Performers.Lighting;

namespace VideoGaze.Performers.Directing;

/// <summary>The five lights of the named scripts, set by eye.</summary>
internal static class StageLights
{
    /// <summary>A window on the image's left, a weak lamp on the right.</summary>
    public static SceneLight Window { get; } = new()
    {
        Sky = new(0.55f, 0.60f, 0.70f),
        Ground = new(0.22f, 0.20f, 0.18f),
        Lights = [SoftLight.FromDegrees(new(-0.6f, -0.5f, -0.8f), new(9, 8.6f, 8), 14, 24), SoftLight.FromDegrees(new(0.8f, -0.2f, -0.4f), new(2.2f, 2.4f, 2.8f), 16, 30)],
    };

    /// <summary>A studio lamp on the image's right, a rim light on the left.</summary>
    public static SceneLight Studio { get; } = new()
    {
        Sky = new(0.45f, 0.45f, 0.47f),
        Ground = new(0.25f, 0.23f, 0.20f),
        Lights = [SoftLight.FromDegrees(new(0.75f, -0.35f, -0.7f), new(11, 10.5f, 10), 12, 20), SoftLight.FromDegrees(new(-0.9f, -0.1f, -0.2f), new(1.5f, 1.7f, 2.2f), 18, 32)],
    };

    /// <summary>Daylight from a wide sky.</summary>
    public static SceneLight Overcast { get; } = new()
    {
        Sky = new(0.90f, 0.95f, 1.05f),
        Ground = new(0.45f, 0.42f, 0.38f),
        Lights = [SoftLight.FromDegrees(new(-0.3f, -0.9f, -0.35f), new(5, 4.9f, 4.7f), 25, 50)],
    };

    /// <summary>An evening: a warm lamp from the image's left, something blue from the right.</summary>
    public static SceneLight Evening { get; } = new()
    {
        Sky = new(0.25f, 0.22f, 0.20f),
        Ground = new(0.10f, 0.09f, 0.08f),
        Lights = [SoftLight.FromDegrees(new(-1, -0.2f, -0.25f), new(16, 11, 7), 10, 20), SoftLight.FromDegrees(new(0.9f, -0.2f, -0.3f), new(2, 3.2f, 5.5f), 14, 26)],
    };
}
