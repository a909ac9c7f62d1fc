using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Directing;

/// <summary>
/// Something done wrong on purpose with the eyes of the first role, as face swappers do it, everything else unchanged: for testing what measures gaze. The clip's truth says what
/// the eyes then do.
/// </summary>
public abstract record PlantedFault
{
    private PlantedFault()
    {
    }

    /// <summary>Both eyes look to one side of where they should, as far as eyes reach.</summary>
    /// <param name="By">Added in the head, radians; yaw &gt; 0 to the person's left, which is the image's right.</param>
    public sealed record Shifted(GazeAngles By) : PlantedFault;

    /// <summary>Left and right are exchanged in the head.</summary>
    public sealed record Mirrored : PlantedFault;

    /// <summary>Everything happens later; the first frame stays until then.</summary>
    /// <param name="Frames">How many frames, at least 0.</param>
    public sealed record Delayed(int Frames) : PlantedFault;

    /// <summary>The eyes never blink.</summary>
    public sealed record BlinksRemoved : PlantedFault;

    /// <summary>The eyes stay straight ahead in the head.</summary>
    public sealed record Stare : PlantedFault;

    /// <summary>Reads a fault as typed: <c>shifted:5,0</c> (degrees of yaw and pitch), <c>mirrored</c>, <c>delayed:2</c> (frames), <c>blinksRemoved</c>, <c>stare</c>; null where it is none.</summary>
    public static PlantedFault? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', 2);
        string[] numbers = parts.Length == 2 ? parts[1].Split(',') : [];
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return (parts[0], numbers) switch
        {
            ("mirrored", []) => new Mirrored(),
            ("blinksRemoved", []) => new BlinksRemoved(),
            ("stare", []) => new Stare(),
            ("delayed", [var frames]) when int.TryParse(frames, culture, out int count) && count is >= 0 and <= 1000 => new Delayed(count),
            ("shifted", [var yaw, var pitch]) when float.TryParse(yaw, culture, out float y) && float.TryParse(pitch, culture, out float p) && MathF.Abs(y) <= 90 && MathF.Abs(p) <= 90
                => new Shifted(GazeAngles.FromDegrees(y, p)),
            _ => null,
        };
    }

    /// <summary>Frame whose moment is shown in this one.</summary>
    internal long FrameFor(long frame) => this is Delayed late ? Math.Max(0, frame - late.Frames) : frame;

    /// <summary>The pose with the fault in it.</summary>
    internal PerformerPose In(PerformerPose pose) => this switch
    {
        Shifted shift => pose.WithGaze(EyeReach.Clamp(new EyePair<GazeAngles>(Plus(pose.LeftGaze, shift.By), Plus(pose.RightGaze, shift.By)))),
        Mirrored => pose.WithGaze(new(pose.RightGaze.Mirrored(), pose.LeftGaze.Mirrored())),
        BlinksRemoved => pose.WithBlink(0),
        Stare => pose.WithGaze(new(default, default)),
        _ => pose,
    };

    private static GazeAngles Plus(GazeAngles gaze, GazeAngles by) => new(gaze.Yaw + by.Yaw, gaze.Pitch + by.Pitch);
}
