using System.Numerics;

namespace VideoGaze.Performers.People;

/// <summary>What is worn on the head.</summary>
public sealed record HeadwearLook
{
    /// <summary>Kind.</summary>
    public HeadwearKind Kind { get; init; }

    /// <summary>sRGB.</summary>
    public Vector3 Color { get; init; } = new(0.2f, 0.22f, 0.3f);

    /// <summary>How much lower than usual it sits, cm, about -0.8 to 0.8.</summary>
    public float Depth { get; init; }
}

/// <summary>Kinds of headwear.</summary>
public enum HeadwearKind
{
    /// <summary>A knitted hat with a cuff, down to the tops of the ears.</summary>
    Beanie,

    /// <summary>A cap with a peak.</summary>
    Cap,

    /// <summary>A scarf that leaves the face free and covers hair, ears and neck.</summary>
    Headscarf,
}
