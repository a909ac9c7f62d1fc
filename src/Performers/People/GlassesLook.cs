using System.Numerics;

namespace VideoGaze.Performers.People;

/// <summary>Spectacles.</summary>
public sealed record GlassesLook
{
    /// <summary>Outline of the lenses.</summary>
    public LensShape Shape { get; init; }

    /// <summary>sRGB of the frame.</summary>
    public Vector3 FrameColor { get; init; } = new(0.05f, 0.05f, 0.055f);

    /// <summary>Radius of the frame's rim, cm, 0.06 (wire) to 0.25 (thick acetate).</summary>
    public float RimRadius { get; init; } = 0.14f;

    /// <summary>Size of the lenses against the usual, 0.85 to 1.2.</summary>
    public float Size { get; init; } = 1;

    /// <summary>Share of light the lenses swallow, 0 clear to 0.6 sunglasses.</summary>
    public float Tint { get; init; }

    /// <summary>Strength of reflections against uncoated glass, 0.2 (coated) to 1.5.</summary>
    public float Glare { get; init; } = 0.6f;

    /// <summary>Whether the frame is polished metal rather than plastic.</summary>
    public bool Metal { get; init; }
}

/// <summary>Outline of a lens.</summary>
public enum LensShape
{
    /// <summary>Rounded rectangle.</summary>
    Rectangular,

    /// <summary>Circle.</summary>
    Round,

    /// <summary>Between both, wider above.</summary>
    Panto,
}
