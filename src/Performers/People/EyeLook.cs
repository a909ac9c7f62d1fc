using System.Numerics;

namespace VideoGaze.Performers.People;

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
