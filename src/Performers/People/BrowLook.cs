using System.Numerics;

namespace VideoGaze.Performers.People;

/// <summary>Brows.</summary>
public sealed record BrowLook
{
    /// <summary>Height of the brow against the usual, about 0.6 to 1.4.</summary>
    public float Thickness { get; init; } = 1;

    /// <summary>How much the middle is lifted, about -0.3 to 0.7.</summary>
    public float Arch { get; init; }

    /// <summary>Number of hairs against the usual, about 0.7 to 1.2.</summary>
    public float Density { get; init; } = 1;

    /// <summary>How opaque they are, 0 to 1.</summary>
    public float Opacity { get; init; } = 0.92f;

    /// <summary>sRGB; null: the hair's.</summary>
    public Vector3? Color { get; init; }
}
