using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Gaze;

/// <summary>Where a face is turned, radians. Mirroring the image negates yaw and roll and keeps pitch.</summary>
/// <param name="Yaw">&gt; 0: the face turns to the image's right.</param>
/// <param name="Pitch">&gt; 0: the face turns up.</param>
/// <param name="Roll">&gt; 0: counter-clockwise in the image (top of the head to the image's left).</param>
public readonly record struct HeadPose(float Yaw, float Pitch, float Roll)
{
    /// <summary>
    /// The pose of a mesh, from its own depth. A mesh is seen as if straight ahead, so the pose is relative to the line of sight;
    /// <see cref="CameraRay.ToCamera"/> turns a direction into the camera frame.
    /// </summary>
    public static HeadPose FromMesh(FaceMesh mesh)
    {
        // A fit of many points: three or four would swim with jaw and brows (95th percentile of the pitch error 4.8 degrees instead of 2.9 on sample-videos/talk.mp4).
        Quaternion head = HeadModel.Rotation(mesh);
        return FromAxes(Vector3.Transform(Vector3.UnitX, head), Vector3.Transform(Vector3.UnitZ, head));
    }

    /// <summary>The pose in the mirrored image.</summary>
    public HeadPose Mirrored() => new(-Yaw, Pitch, -Roll);

    /// <summary>The pose in a picture that is turned clockwise on a screen by an angle: the direction the face points in turns along, the roll grows less.</summary>
    /// <param name="clockwise">Radians.</param>
    public HeadPose Turned(double clockwise)
    {
        (Vector3 across, Vector3 facing) = Axes();
        Matrix4x4 turn = Matrix4x4.CreateRotationZ((float)clockwise);
        return FromAxes(Vector3.TransformNormal(across, turn), Vector3.TransformNormal(facing, turn));
    }

    /// <summary>This pose, seen relative to a line of sight, in the camera's frame.</summary>
    public HeadPose ToCamera(CameraRay ray)
    {
        (Vector3 across, Vector3 facing) = Axes();
        return FromAxes(ray.VectorToCamera(across), ray.VectorToCamera(facing));
    }

    /// <summary>The angle of the one turn that carries one pose into another, radians, in [0, pi].</summary>
    public static float AngularDistance(HeadPose a, HeadPose b)
    {
        (Vector3 acrossA, Vector3 facingA) = a.Axes();
        (Vector3 acrossB, Vector3 facingB) = b.Axes();
        Vector3 up = Vector3.Cross(facingA, acrossA) - Vector3.Cross(facingB, acrossB);

        // The Frobenius norm of the difference of two rotations is 2 sqrt(2) sin(angle / 2): exact near 0, where acos of the trace is not.
        float norm = MathF.Sqrt((acrossA - acrossB).LengthSquared() + (facingA - facingB).LengthSquared() + up.LengthSquared());
        return 2 * MathF.Asin(Math.Min(1, norm / (2 * MathF.Sqrt(2))));
    }

    /// <summary>Yaw in degrees.</summary>
    public double YawDegrees => Yaw * 180.0 / Math.PI;

    /// <summary>Pitch in degrees.</summary>
    public double PitchDegrees => Pitch * 180.0 / Math.PI;

    /// <summary>Roll in degrees.</summary>
    public double RollDegrees => Roll * 180.0 / Math.PI;

    /// <summary>The person's left and the direction the face points in: perpendicular unit vectors, camera frame.</summary>
    private (Vector3 Across, Vector3 Facing) Axes()
    {
        Vector3 facing = new GazeAngles(Yaw, Pitch).ToDirection();
        (Vector3 level, Vector3 up) = Upright(facing);
        return ((MathF.Cos(Roll) * level) + (MathF.Sin(Roll) * up), facing);
    }

    /// <summary>The pose of a head whose left side points along <paramref name="across"/> and whose face along <paramref name="facing"/>, perpendicular unit vectors in the camera frame.</summary>
    private static HeadPose FromAxes(Vector3 across, Vector3 facing)
    {
        GazeAngles direction = GazeAngles.FromDirection(facing);
        (Vector3 level, Vector3 up) = Upright(facing);
        return new(direction.Yaw, direction.Pitch, MathF.Atan2(Vector3.Dot(across, up), Vector3.Dot(across, level)));
    }

    /// <summary>The person's left and up for a head that faces along a direction without roll: rotation = diag(1, -1, -1) Ry(yaw) Rx(-pitch) Rz(roll) with roll 0.</summary>
    private static (Vector3 Across, Vector3 Up) Upright(Vector3 facing)
    {
        float yaw = MathF.Atan2(facing.X, -facing.Z);
        var across = new Vector3(MathF.Cos(yaw), 0, MathF.Sin(yaw));
        return (across, Vector3.Cross(facing, across));
    }
}
