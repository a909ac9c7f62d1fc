using System.Numerics;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Directing;

/// <summary>Somebody in a script: who, where, and what they do. Plain data; another identity can be put in with <c>with</c>.</summary>
public sealed record Role
{
    /// <summary>Who plays it.</summary>
    public required PerformerIdentity Person { get; init; }

    /// <summary>Where the middle of the resting head is, camera frame, cm.</summary>
    public Vector3 Position { get; init; } = new(0, 0.5f, 98);

    /// <summary>How the head moves.</summary>
    public HeadMotion Head { get; init; } = new();

    /// <summary>Where the eyes look.</summary>
    public GazePlan Gaze { get; init; } = new Glances();

    /// <summary>Whether they talk; with a sound, by its loudness.</summary>
    public bool Talks { get; init; }

    /// <summary>Whether brows and cheeks move by chance.</summary>
    public bool IsLively { get; init; } = true;

    /// <summary>Least and greatest seconds from blink to blink; null: no blinks by chance.</summary>
    public (float Least, float Greatest)? BlinkPause { get; init; } = (1.6f, 4.5f);

    /// <summary>Blinks that the script asks for, long shut eyes among them.</summary>
    public IReadOnlyList<Blink> Blinks { get; init; } = [];

    /// <summary>When they come in, seconds; before it they are not there at all.</summary>
    public float From { get; init; }

    /// <summary>When they have left, seconds.</summary>
    public float Until { get; init; } = float.PositiveInfinity;
}
