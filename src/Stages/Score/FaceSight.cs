using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Score;

/// <summary>One video's face at one moment, as found: what is compared with the truth and with the other videos. Coordinates are those of the true swap's frame.</summary>
/// <param name="Frame">The frame; stays its owner's.</param>
/// <param name="Gaze">Measured against the truth.</param>
/// <param name="Mesh">478 points; null where no face was found.</param>
/// <param name="Head">Head pose in the camera's frame.</param>
/// <param name="Embedding">Identity, unit length; null where no face was found or no network judges.</param>
internal sealed record FaceSight(SightedFrame Frame, FaceGazeRecord Gaze, FaceMesh? Mesh, HeadPose? Head, float[]? Embedding)
{
    /// <summary>Median distance of the 68 landmarks from others, in distances of the outer eye corners of those; null where no face was found.</summary>
    public double? LandmarksFrom(ReadOnlySpan<Vector2> others)
    {
        if (Mesh is null || others.Length != IbugLandmarks.Count || !(IbugLandmarks.OuterEyeDistance(others) > 0))
        {
            return null;
        }

        Vector2[] found = IbugLandmarks.FromMesh(Mesh);
        var distances = new float[found.Length];
        for (int i = 0; i < found.Length; i++)
        {
            distances[i] = Vector2.Distance(found[i], others[i]);
        }

        Array.Sort(distances);
        return ErrorStatistics.Quantile(distances, 0.5) / IbugLandmarks.OuterEyeDistance(others);
    }

    /// <summary>Mean distance of the iris centres from the true ones, in distances of the outer eye corners; null where no face was found.</summary>
    /// <param name="left">The person's left eye.</param>
    /// <param name="right">The person's right eye.</param>
    /// <param name="eyeDistance">Distance of the true outer eye corners.</param>
    public double? IrisesFrom(Vector2 left, Vector2 right, double eyeDistance) => Mesh is null || !(eyeDistance > 0)
        ? null
        : (Vector2.Distance(Mesh.At(MeshTopology.ImageRightIrisCentre), left) + Vector2.Distance(Mesh.At(MeshTopology.ImageLeftIrisCentre), right)) / 2 / eyeDistance;

    /// <summary>Angle between both heads in degrees; null where one is unknown.</summary>
    public double? PoseFrom(HeadPose? other) => Head is { } mine && other is { } theirs ? HeadPose.AngularDistance(mine, theirs) * 180 / Math.PI : null;

    /// <summary>Angle between both measured directions of gaze in degrees; null where one was not measured or does not count.</summary>
    public double? GazeFrom(FaceSight other) => Gaze.Error is null || other.Gaze.Error is null
        ? null
        : GazeAngles.AngularError(Direction(Gaze.Output!), Direction(other.Gaze.Output!)) * 180 / Math.PI;

    private static GazeAngles Direction(EyesRecord eyes) => GazeAngles.FromDegrees(eyes.Yaw!.Value, eyes.Pitch!.Value);
}
