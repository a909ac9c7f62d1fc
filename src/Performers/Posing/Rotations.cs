using System.Numerics;
using VideoGaze.Faces.Gaze;

namespace VideoGaze.Performers.Posing;

/// <summary>Rotations between the frames of a performer. Head frame: x to the person's left, y up, z out of the face. Camera frame: x right, y down, z away.</summary>
internal static class Rotations
{
    /// <summary>From the head frame to the camera frame of a head that faces the camera: diag(1, -1, -1).</summary>
    public static Quaternion Facing { get; } = new(1, 0, 0, 0);

    /// <summary>Ry(yaw) Rx(-pitch) Rz(roll), in the head frame.</summary>
    public static Quaternion Of(float yaw, float pitch, float roll) =>
        Quaternion.CreateFromAxisAngle(Vector3.UnitY, yaw) * Quaternion.CreateFromAxisAngle(Vector3.UnitX, -pitch) * Quaternion.CreateFromAxisAngle(Vector3.UnitZ, roll);

    /// <summary>The turn of a head.</summary>
    public static Quaternion Of(HeadPose pose) => Of(pose.Yaw, pose.Pitch, pose.Roll);

    /// <summary>The turn that brings an eye from straight ahead to a gaze.</summary>
    public static Quaternion Of(GazeAngles gaze) => Of(gaze.Yaw, gaze.Pitch, 0);

    /// <summary>A part of a rotation: the same axis, the angle times a weight in [0, 1].</summary>
    public static Quaternion Part(Quaternion rotation, float weight)
    {
        if (rotation.W < 0)
        {
            rotation = -rotation;
        }

        var axis = new Vector3(rotation.X, rotation.Y, rotation.Z);
        float sine = axis.Length();
        return sine < 1e-9f ? Quaternion.Identity : Quaternion.CreateFromAxisAngle(axis / sine, weight * 2 * MathF.Atan2(sine, rotation.W));
    }

    /// <summary>The head pose whose rotation to the camera frame this is; inverse of facing times <see cref="Of(HeadPose)"/>.</summary>
    public static HeadPose ToHeadPose(Quaternion headToCamera)
    {
        Quaternion turn = Facing * headToCamera;
        Vector3 across = Vector3.Transform(Vector3.UnitX, turn);
        Vector3 up = Vector3.Transform(Vector3.UnitY, turn);
        Vector3 ahead = Vector3.Transform(Vector3.UnitZ, turn);
        return new(MathF.Atan2(ahead.X, ahead.Z), MathF.Asin(Math.Clamp(ahead.Y, -1f, 1f)), MathF.Atan2(across.Y, up.Y));
    }

    /// <summary>Angles of a direction in the head frame, as a camera straight in front of the face would name them.</summary>
    public static GazeAngles InHead(Vector3 direction) => GazeAngles.FromDirection(Vector3.Transform(direction, Facing));
}
