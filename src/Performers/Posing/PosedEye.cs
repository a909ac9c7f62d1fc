using System.Numerics;

namespace VideoGaze.Performers.Posing;

/// <summary>Where an eye of a posed performer is and where it looks. Camera frame, cm.</summary>
/// <param name="Centre">Centre of the eyeball, about which it turns.</param>
/// <param name="Visual">From the eye's frame (+z ahead) to the camera frame, along the visual axis.</param>
/// <param name="Optical">The same along the optical axis, which the pupil shows.</param>
/// <param name="Scale">Size of the eyeball against the neutral head's (globe radius 1.53 cm).</param>
public readonly record struct PosedEye(Vector3 Centre, Quaternion Visual, Quaternion Optical, float Scale)
{
    /// <summary>Unit vector along what the person looks along.</summary>
    public Vector3 GazeDirection => Vector3.Transform(Vector3.UnitZ, Visual);

    /// <summary>Unit vector through the pupil.</summary>
    public Vector3 OpticalDirection => Vector3.Transform(Vector3.UnitZ, Optical);

    /// <summary>A point of the eye's own frame, in eye units (neutral head cm).</summary>
    public Vector3 At(Vector3 own) => Centre + Vector3.Transform(own * Scale, Optical);
}
