using System.Numerics;

namespace VideoGaze.Faces.Gaze;

/// <summary>
/// A direction of gaze. This type defines the project's one convention.
/// <list type="bullet">
/// <item>Camera frame as in OpenCV: x to the image's right, y down, z away from the camera.</item>
/// <item>(0, 0) looks straight against the optical axis: direction (0, 0, -1).</item>
/// <item>Yaw &gt; 0 looks to the image's right (a facing person's left). Pitch &gt; 0 looks up.</item>
/// <item>Radians inside the program; reports and command lines use degrees.</item>
/// </list>
/// Mirroring the image left to right negates yaw and keeps pitch; every estimator is put to that test when it is loaded.
/// </summary>
/// <param name="Yaw">Horizontal angle, radians, in (-pi, pi].</param>
/// <param name="Pitch">Vertical angle, radians, in [-pi/2, pi/2].</param>
public readonly record struct GazeAngles(float Yaw, float Pitch)
{
    /// <summary>Degrees to radians, for reading reports and options.</summary>
    public static GazeAngles FromDegrees(double yaw, double pitch) => new((float)(yaw * Math.PI / 180), (float)(pitch * Math.PI / 180));

    /// <summary>The angles of a direction in the camera frame. It need not have unit length.</summary>
    /// <exception cref="ArgumentException">The vector is zero or not finite.</exception>
    public static GazeAngles FromDirection(Vector3 direction)
    {
        float length = direction.Length();
        if (!(length > 0) || !float.IsFinite(length))
        {
            throw new ArgumentException($"A gaze direction must be finite and not zero, got {direction}.", nameof(direction));
        }

        return new(MathF.Atan2(direction.X, -direction.Z), MathF.Asin(Math.Clamp(-direction.Y / length, -1f, 1f)));
    }

    /// <summary>Yaw in degrees.</summary>
    public double YawDegrees => Yaw * 180.0 / Math.PI;

    /// <summary>Pitch in degrees.</summary>
    public double PitchDegrees => Pitch * 180.0 / Math.PI;

    /// <summary>Unit vector from the eye outward, camera frame.</summary>
    public Vector3 ToDirection()
    {
        (float sinYaw, float cosYaw) = MathF.SinCos(Yaw);
        (float sinPitch, float cosPitch) = MathF.SinCos(Pitch);
        return new(sinYaw * cosPitch, -sinPitch, -cosYaw * cosPitch);
    }

    /// <summary>What the same eyes show in the mirrored image.</summary>
    public GazeAngles Mirrored() => new(-Yaw, Pitch);

    /// <summary>Angle between two directions, radians, in [0, pi].</summary>
    public static float AngularError(GazeAngles a, GazeAngles b)
    {
        Vector3 u = a.ToDirection();
        Vector3 v = b.ToDirection();

        // atan2 of sine and cosine: acos alone loses all precision near 0, which is where good swaps live.
        return MathF.Atan2(Vector3.Cross(u, v).Length(), Vector3.Dot(u, v));
    }
}
