using System.Numerics;
using VideoGaze.Faces.Appearance;

namespace VideoGaze.Stages.Blend;

/// <summary>How a new face is laid into the frame. Lengths are fractions of the face's width, so that near and far faces get the same edge.</summary>
public sealed record BlendOptions
{
    /// <summary>How far the new face stays inside the mask's edge.</summary>
    public double Erode { get; init; } = 0.01;

    /// <summary>Width of the ramp from the original to the new face, inward from the eroded edge.</summary>
    public double Feather { get; init; } = 0.06;

    /// <summary>What a learned mask leaves out in lines up to this width is thin, as frames of spectacles are: 3 to 5 % of the face's width with the mask's softness.</summary>
    public double ThinLine { get; init; } = 0.1;

    /// <summary>How far the new face stays from a thin line.</summary>
    public double ThinErode { get; init; } = 0.005;

    /// <summary>Width of the ramp beside a thin line.</summary>
    public double ThinFeather { get; init; } = 0.02;

    /// <summary>How colours are matched.</summary>
    public ColorTransfer ColorTransfer { get; init; } = ColorTransfer.Reinhard;

    /// <summary>Whether sharpness and grain are matched to the frame's.</summary>
    public bool MatchSharpness { get; init; } = true;

    /// <summary>Whether the target's own eyes are laid back over the new face (<see cref="EyeRepair"/>).</summary>
    public bool TargetEyes { get; init; }

    /// <summary>
    /// The colour that the target's irises are given before they are laid back: shares of the white of the eye, blue, green, red in [0, 1] (<see cref="IrisReading.Share"/>). Null leaves them as they are.
    /// </summary>
    public Vector3? Irises { get; init; }

    /// <summary>Head yaw in degrees up to which the new face is laid on wholly.</summary>
    public double ProfileFadeStart { get; init; } = 52;

    /// <summary>Head yaw in degrees beyond which the original is kept: generators have seen few profiles, and half of a profile's mask is background.</summary>
    public double ProfileFadeEnd { get; init; } = 66;
}
