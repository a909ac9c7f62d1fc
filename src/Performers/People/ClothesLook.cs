using System.Numerics;

namespace VideoGaze.Performers.People;

/// <summary>A shirt.</summary>
public sealed record ClothesLook
{
    /// <summary>sRGB.</summary>
    public Vector3 Color { get; init; } = new(0.2f, 0.25f, 0.35f);

    /// <summary>Second sRGB colour of stripes or checks; null: plain.</summary>
    public Vector3? PatternColor { get; init; }

    /// <summary>Height of the collar at the throat, cm in the head frame, about -13.2 to -11.2.</summary>
    public float Collar { get; init; } = -12.2f;

    /// <summary>Depth of a V-neck, 0 none to about 1.4.</summary>
    public float VNeck { get; init; }
}
