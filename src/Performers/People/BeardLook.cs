using System.Numerics;

namespace VideoGaze.Performers.People;

/// <summary>Beard and stubble.</summary>
public sealed record BeardLook
{
    /// <summary>0 none, 0.25 a day's stubble, 1 a short beard.</summary>
    public float Density { get; init; }

    /// <summary>sRGB; null: the hair's.</summary>
    public Vector3? Color { get; init; }
}
