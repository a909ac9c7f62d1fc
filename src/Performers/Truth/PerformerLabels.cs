using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Truth;

/// <summary>
/// What is true of one performer in one picture. Camera frame: x right, y down, z away; cm. Pixel centres at half-integers.
/// Left and right are the person's. docs/performers.md has all conventions.
/// </summary>
public sealed record PerformerLabels
{
    /// <summary>The identity's name.</summary>
    public required string Id { get; init; }

    /// <summary>How the head is turned in the camera frame, the body's turn included.</summary>
    public required HeadPose Head { get; init; }

    /// <summary>From the head frame to the camera frame.</summary>
    public required Quaternion HeadRotation { get; init; }

    /// <summary>Midpoint of the eyeball centres.</summary>
    public required Vector3 HeadPosition { get; init; }

    /// <summary>Normalised sum of both visual axes.</summary>
    public required Vector3 GazeDirection { get; init; }

    /// <summary>Angles of <see cref="GazeDirection"/>.</summary>
    public GazeAngles Gaze => GazeAngles.FromDirection(GazeDirection);

    /// <summary>Both eyes.</summary>
    public required EyePair<EyeLabels> Eyes { get; init; }

    /// <summary>Whether a blink has shut the lids more than half.</summary>
    public bool Blink => BlinkWeight > 0.5f;

    /// <summary>Weight of the blink, 0 to 1, mean of both eyes.</summary>
    public required float BlinkWeight { get; init; }

    /// <summary>68 points in iBUG order, 3D points of the mesh projected, hidden or not; 0 to 16 are fixed points of the jaw, not the visible contour.</summary>
    public required IReadOnlyList<Vector2> Landmarks68 { get; init; }

    /// <summary>The dense meshes; pictures of data sets have them, frames of clips do not.</summary>
    public DenseMeshes? Meshes { get; init; }

    /// <summary>Box of the face from hairline to chin and ear to ear; may reach outside the picture.</summary>
    public required FaceBox FaceBox { get; init; }

    /// <summary>The point looked at or being moved to, or null where none was given.</summary>
    public Vector3? GazeTarget { get; init; }

    /// <summary>Unit vector from the midpoint of the eyes to <see cref="GazeTarget"/>.</summary>
    public Vector3? GazeTargetDirection => GazeTarget is Vector3 target ? Vector3.Normalize(target - HeadPosition) : null;

    /// <summary>Labels a posed performer.</summary>
    /// <param name="posed">Who and how.</param>
    /// <param name="camera">Who sees it.</param>
    /// <param name="target">The point looked at, camera frame, if there is one.</param>
    public static PerformerLabels Of(PosedPerformer posed, PinholeCamera camera, Vector3? target = null)
    {
        ArgumentNullException.ThrowIfNull(posed);
        ArgumentNullException.ThrowIfNull(camera);
        EyePair<PosedEye> eyes = posed.Eyes;
        EyePair<float> rest = posed.Performer.RestLidGap;
        return new()
        {
            Id = posed.Performer.Identity.Name,
            Head = Rotations.ToHeadPose(posed.HeadToCamera),
            HeadRotation = posed.HeadToCamera,
            HeadPosition = (eyes.Left.Centre + eyes.Right.Centre) / 2,
            GazeDirection = Vector3.Normalize(eyes.Left.GazeDirection + eyes.Right.GazeDirection),
            Eyes = new(
                EyeLabels.Of(eyes.Left, posed.Placement, camera, posed.LidGaps.Left, rest.Left, posed.Apertures.Left),
                EyeLabels.Of(eyes.Right, posed.Placement, camera, posed.LidGaps.Right, rest.Right, posed.Apertures.Right)),
            BlinkWeight = (posed.Pose.BlinkLeft + posed.Pose.BlinkRight) / 2,
            Landmarks68 = [.. Enumerable.Range(0, 68).Select(index => camera.Project(posed.Landmark(index)))],
            FaceBox = FaceBoxOf(posed, camera),
            GazeTarget = target,
        };
    }

    private static FaceBox FaceBoxOf(PosedPerformer posed, PinholeCamera camera)
    {
        Vector2 least = new(float.PositiveInfinity);
        Vector2 most = new(float.NegativeInfinity);
        foreach (Vector3 vertex in posed.Vertices[..Assets.HeadMesh.NarrowFaceEnd])
        {
            Vector2 pixel = camera.Project(vertex);
            least = Vector2.Min(least, pixel);
            most = Vector2.Max(most, pixel);
        }

        return new(least.X, least.Y, most.X - least.X, most.Y - least.Y);
    }
}
