namespace VideoGaze.Performers.Directing;

/// <summary>How somebody holds and moves the head. Angles are radians, lengths cm.</summary>
public sealed record HeadMotion
{
    /// <summary>A head that does not move.</summary>
    public static HeadMotion Still { get; } = new() { YawSpread = 0, PitchSpread = 0, RollSpread = 0, Sway = 0, FollowsGaze = 0 };

    /// <summary>Standard deviation of the yaw.</summary>
    public float YawSpread { get; init; } = float.DegreesToRadians(9);

    /// <summary>Standard deviation of the pitch.</summary>
    public float PitchSpread { get; init; } = float.DegreesToRadians(4);

    /// <summary>Standard deviation of the roll.</summary>
    public float RollSpread { get; init; } = float.DegreesToRadians(3);

    /// <summary>The yaw never gets further than this to either side by chance.</summary>
    public float YawLimit { get; init; } = float.DegreesToRadians(25);

    /// <summary>Yaw about which it moves.</summary>
    public float MeanYaw { get; init; }

    /// <summary>Share of the gaze's yaw that the head takes over after a saccade; people take a quarter to a half for points off by 20 degrees or more (Guitton and Volle, J. Neurophysiol. 1987).</summary>
    public float FollowsGaze { get; init; } = 0.25f;

    /// <summary>How much the whole body sways: 1 is 0.8 cm aside, 0.35 up, 1.5 toward the camera (standard deviations).</summary>
    public float Sway { get; init; } = 1;

    /// <summary>Yaw to add over time.</summary>
    public KeyCurve Yaw { get; init; } = KeyCurve.Constant(0);

    /// <summary>Pitch to add over time.</summary>
    public KeyCurve Pitch { get; init; } = KeyCurve.Constant(0);

    /// <summary>Centimetres to the image's right to add over time: entrances and exits.</summary>
    public KeyCurve Aside { get; init; } = KeyCurve.Constant(0);
}
