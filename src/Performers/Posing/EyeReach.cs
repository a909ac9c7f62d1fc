using VideoGaze.Faces.Gaze;

namespace VideoGaze.Performers.Posing;

/// <summary>How far eyes turn in the head without strain. Beyond it the lids of the face model no longer follow well.</summary>
public static class EyeReach
{
    /// <summary>To either side, radians (33 degrees).</summary>
    public const float Yaw = 33 * MathF.PI / 180;

    /// <summary>Up, radians (20 degrees).</summary>
    public const float Up = 20 * MathF.PI / 180;

    /// <summary>Down, radians (24 degrees).</summary>
    public const float Down = 24 * MathF.PI / 180;

    /// <summary>The nearest gaze within reach, angle by angle.</summary>
    public static GazeAngles Clamp(GazeAngles inHead) => new(Math.Clamp(inHead.Yaw, -Yaw, Yaw), Math.Clamp(inHead.Pitch, -Down, Up));

    /// <summary>The same for both eyes.</summary>
    public static EyePair<GazeAngles> Clamp(EyePair<GazeAngles> inHead) => new(Clamp(inHead.Left), Clamp(inHead.Right));
}
