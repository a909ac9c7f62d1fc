using System.Numerics;

namespace VideoGaze.Performers.Lighting;

/// <summary>Five lights for pictures that are to be made again: lamps set by eye, angles in degrees.</summary>
public static class KnownLights
{
    /// <summary>A warm key from the image's upper left and a cool fill from the right.</summary>
    public static SceneLight KeyLeft { get; } = new()
    {
        Sky = new(0.55f, 0.6f, 0.7f),
        Ground = new(0.22f, 0.20f, 0.18f),
        Lights = [Lamp(-0.6f, -0.5f, -0.8f, new(9, 8.6f, 8), 14, 24), Lamp(0.8f, -0.2f, -0.4f, new(2.2f, 2.4f, 2.8f), 16, 30)],
    };

    /// <summary>A warm key from the image's upper right and a cool rim from the left.</summary>
    public static SceneLight KeyRight { get; } = new()
    {
        Sky = new(0.45f, 0.45f, 0.47f),
        Ground = new(0.25f, 0.23f, 0.2f),
        Lights = [Lamp(0.75f, -0.35f, -0.7f, new(11, 10.5f, 10), 12, 20), Lamp(-0.9f, -0.1f, -0.2f, new(1.5f, 1.7f, 2.2f), 18, 32)],
    };

    /// <summary>A screen from the front and a warm lamp above.</summary>
    public static SceneLight ScreenAndLamp { get; } = new()
    {
        Sky = new(0.30f, 0.30f, 0.34f),
        Ground = new(0.12f, 0.11f, 0.10f),
        Lights = [Lamp(-0.15f, 0.1f, -1, new(5, 5.4f, 6.2f), 14, 22), Lamp(0.3f, -0.9f, -0.3f, new(10, 8.2f, 6), 12, 24)],
    };

    /// <summary>An overcast sky.</summary>
    public static SceneLight Overcast { get; } = new()
    {
        Sky = new(0.9f, 0.95f, 1.05f),
        Ground = new(0.45f, 0.42f, 0.38f),
        Lights = [Lamp(-0.3f, -0.9f, -0.35f, new(5, 4.9f, 4.7f), 25, 50)],
    };

    /// <summary>A low warm sun from the image's left and blue light from the right.</summary>
    public static SceneLight WarmAndCool { get; } = new()
    {
        Sky = new(0.25f, 0.22f, 0.2f),
        Ground = new(0.10f, 0.09f, 0.08f),
        Lights = [Lamp(-1, -0.2f, -0.25f, new(16, 11, 7), 10, 20), Lamp(0.9f, -0.2f, -0.3f, new(2, 3.2f, 5.5f), 14, 26)],
    };

    /// <summary>All five.</summary>
    public static IReadOnlyList<SceneLight> All { get; } = [KeyLeft, KeyRight, ScreenAndLamp, Overcast, WarmAndCool];

    private static SoftLight Lamp(float x, float y, float z, Vector3 radiance, float inner, float outer) => SoftLight.FromDegrees(new(x, y, z), radiance, inner, outer);
}
