using System.Numerics;

namespace VideoGaze.Performers.Posing;

/// <summary>A performer in a pose: all vertices in the camera frame (x right, y down, z away; cm). Immutable; owns its vertices.</summary>
public sealed class PosedPerformer
{
    private readonly Vector3[] vertices;

    internal PosedPerformer(
        Performer performer, PerformerPose pose, Vector3[] vertices, HeadPlacement placement, EyePair<PosedEye> eyes, EyePair<float> lidGaps, EyePair<float> apertures)
    {
        Performer = performer;
        Pose = pose;
        this.vertices = vertices;
        Placement = placement;
        Eyes = eyes;
        LidGaps = lidGaps;
        Apertures = apertures;
    }

    /// <summary>Who it is.</summary>
    public Performer Performer { get; }

    /// <summary>The pose.</summary>
    public PerformerPose Pose { get; }

    /// <summary>From the head frame to the camera frame.</summary>
    public Quaternion HeadToCamera => Placement.HeadToCamera;

    /// <summary>Both eyes.</summary>
    public EyePair<PosedEye> Eyes { get; }

    /// <summary>Mean lid distance over eye width (eye aspect ratio), of each eye.</summary>
    public EyePair<float> Apertures { get; }

    /// <summary>Vertices of head, torso and hair, in this order; camera frame, cm.</summary>
    public ReadOnlySpan<Vector3> Vertices => vertices;

    /// <summary>Height of the upper over the lower lid, over eye width, of each eye.</summary>
    internal EyePair<float> LidGaps { get; }

    internal HeadPlacement Placement { get; }

    internal Vector3[] VertexArray => vertices;

    /// <summary>A landmark in the camera frame, cm.</summary>
    /// <param name="index">0 to 67, iBUG order.</param>
    public Vector3 Landmark(int index) => vertices[Performer.Assets.Head.Landmarks68[index]];
}
