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

/// <summary>Beard and stubble.</summary>
public sealed record BeardLook
{
    /// <summary>0 none, 0.25 a day's stubble, 1 a short beard.</summary>
    public float Density { get; init; }

    /// <summary>sRGB; null: the hair's.</summary>
    public Vector3? Color { get; init; }
}

/// <summary>Colour laid on the lips.</summary>
/// <param name="Color">sRGB.</param>
/// <param name="Opacity">0 to 1.</param>
public sealed record LipLook(Vector3 Color, float Opacity);

/// <summary>Eyes; both alike.</summary>
public sealed record EyeLook
{
    /// <summary>Colour of the iris.</summary>
    public IrisColor Iris { get; init; } = IrisColor.Brown;

    /// <summary>Radius of the pupil over that of the iris, about 0.25 to 0.55.</summary>
    public float PupilRatio { get; init; } = 0.36f;

    /// <summary>
    /// Angle kappa: how far the optical axis (through the pupil) lies to the temple of the visual axis (what one looks along), radians.
    /// 3 to 6.5 degrees in people; without it someone who looks into the camera seems to squint.
    /// </summary>
    public float KappaTemporal { get; init; } = 5 * MathF.PI / 180;

    /// <summary>The same upward, radians.</summary>
    public float KappaVertical { get; init; }

    /// <summary>Radius of the iris in eye units, about 0.57 to 0.63; labels always give that of 0.60.</summary>
    public float IrisRadius { get; init; } = 0.60f;

    /// <summary>Colour of the white, linear light.</summary>
    public Vector3 Sclera { get; init; } = new(0.62f, 0.56f, 0.52f);
}

/// <summary>Colours an iris is painted in.</summary>
public enum IrisColor
{
    /// <summary>Brown.</summary>
    Brown,

    /// <summary>Dark brown, near black.</summary>
    DarkBrown,

    /// <summary>Brown about the pupil, green outside.</summary>
    Hazel,

    /// <summary>Green.</summary>
    Green,

    /// <summary>Blue.</summary>
    Blue,

    /// <summary>Grey.</summary>
    Grey,

    /// <summary>Yellowish brown.</summary>
    Amber,
}

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
