using VideoGaze.Faces.Gaze;

namespace VideoGaze.Performers.Directing;

/// <summary>Where somebody looks in a scene. Angles are radians.</summary>
public abstract record GazePlan;

/// <summary>Looks from point to point as people in conversation do: into the camera, at each other, anywhere.</summary>
public sealed record Glances : GazePlan
{
    /// <summary>Points lie within so much to either side of straight against the optical axis.</summary>
    public float Yaw { get; init; } = float.DegreesToRadians(25);

    /// <summary>Points lie within so much above and below.</summary>
    public float Pitch { get; init; } = float.DegreesToRadians(15);

    /// <summary>Share of glances into the camera.</summary>
    public float CameraShare { get; init; } = 0.3f;

    /// <summary>Role that is looked at now and then, by its place in the script; null: nobody.</summary>
    public int? Partner { get; init; }

    /// <summary>Share of glances at the partner.</summary>
    public float PartnerShare { get; init; } = 0.35f;

    /// <summary>Shortest fixation, seconds.</summary>
    public float Shortest { get; init; } = 0.35f;

    /// <summary>Longest fixation, seconds. Fixations in conversation last from a third of a second to several seconds (Argyle and Cook, Gaze and Mutual Gaze, 1976).</summary>
    public float Longest { get; init; } = 1.3f;
}

/// <summary>Looks at the points of a grid one after another, there and back line by line, without saccades between or any tremor: a pattern to measure against.</summary>
public sealed record GazeGrid : GazePlan
{
    /// <summary>Yaw of the columns.</summary>
    public IReadOnlyList<float> Yaws { get; init; } = [.. new[] { -25f, -12.5f, 0, 12.5f, 25 }.Select(float.DegreesToRadians)];

    /// <summary>Pitch of the lines, in order.</summary>
    public IReadOnlyList<float> Pitches { get; init; } = [.. new[] { 15f, 7.5f, 0, -7.5f, -15 }.Select(float.DegreesToRadians)];

    /// <summary>Share of the clip spent on (0, 0) before the grid.</summary>
    public float LeadShare { get; init; } = 0.0625f;
}

/// <summary>Eyes that stay where they are in the head, or move as keys say.</summary>
public sealed record EyesInHead : GazePlan
{
    /// <summary>Yaw in the head over time, mean of both eyes.</summary>
    public KeyCurve Yaw { get; init; } = KeyCurve.Constant(0);

    /// <summary>Pitch in the head over time.</summary>
    public KeyCurve Pitch { get; init; } = KeyCurve.Constant(0);

    /// <summary>How far each eye turns inward: 1.2 degrees meet at about 1.5 m.</summary>
    public float Vergence { get; init; } = float.DegreesToRadians(1.2f);

    internal GazeAngles At(float time) => new(Yaw.At(time), Pitch.At(time));
}
