using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Posing;

/// <summary>Head and body of a pose, as a map from the head frame at rest to the camera frame.</summary>
internal readonly struct HeadPlacement
{
    /// <summary>The point that <see cref="PerformerPose.Position"/> is about, head frame, cm: between mouth and the middle of the head.</summary>
    private static readonly Vector3 Middle = new(0, -1.5f, 4);

    private readonly Quaternion head;
    private readonly Quaternion bodyToCamera;
    private readonly Vector3 position;

    public HeadPlacement(PerformerPose pose)
    {
        head = Rotations.Of(pose.Head);
        bodyToCamera = Rotations.Facing * Rotations.Of(pose.Body);
        position = pose.Position;
    }

    /// <summary>From the head frame to the camera frame.</summary>
    public Quaternion HeadToCamera => bodyToCamera * head;

    /// <summary>Where a point that turns wholly with the head goes.</summary>
    public Vector3 ToCamera(Vector3 rest) => BodyToCamera(HeadMesh.NeckPivot + Vector3.Transform(rest - HeadMesh.NeckPivot, head));

    /// <summary>A camera-frame direction in the head frame.</summary>
    public Vector3 DirectionToHead(Vector3 direction) => Vector3.Transform(direction, Quaternion.Conjugate(HeadToCamera));

    /// <summary>Where a point of the camera frame was before head and body were turned, had it turned wholly with the head; inverse of <see cref="ToCamera"/>.</summary>
    public Vector3 ToHead(Vector3 camera) => HeadMesh.NeckPivot + Vector3.Transform(ToBody(camera) - HeadMesh.NeckPivot, Quaternion.Conjugate(head));

    /// <summary>The same of a point that turns with the body alone.</summary>
    public Vector3 ToBody(Vector3 camera) => Vector3.Transform(camera - position, Quaternion.Conjugate(bodyToCamera)) + Middle;

    /// <summary>Moves vertices from the head frame at rest to the camera frame, in place.</summary>
    /// <param name="vertices">Changed.</param>
    /// <param name="neckWeight">How much of the head's turn a vertex takes, in [0, 1].</param>
    public void MoveToCamera(Span<Vector3> vertices, Func<int, float> neckWeight)
    {
        Vector3 pivot = HeadMesh.NeckPivot;
        for (int i = 0; i < vertices.Length; i++)
        {
            float weight = neckWeight(i);
            Vector3 vertex = vertices[i];
            if (weight > 0)
            {
                vertex = pivot + Vector3.Transform(vertex - pivot, weight < 1 ? Rotations.Part(head, weight) : head);
            }

            vertices[i] = BodyToCamera(vertex);
        }
    }

    private Vector3 BodyToCamera(Vector3 turned) => Vector3.Transform(turned - Middle, bodyToCamera) + position;
}
