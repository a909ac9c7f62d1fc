using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Align;

/// <summary>Where a landmark network should look for a face of which only the detector's answer is known.</summary>
internal static class DetectionCrop
{
    /// <summary>Picture pixels to the crop.</summary>
    /// <param name="face">In picture pixels.</param>
    /// <param name="cropSide">Side of the crop in its own pixels.</param>
    public static SimilarityTransform Around(DetectedFace face, int cropSide)
    {
        // Box centre and size: unlike the five points, they hold still when the head turns. Detector boxes reach from hairline to chin, like the mesh.
        FaceBox box = face.Box;
        Vector2 centre = new(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        Vector2 across = Across(face.Points);
        return MeshCrop.Upright(centre, Math.Max(box.Width, box.Height) * MeshCrop.Margin, Math.Atan2(across.Y, across.X), cropSide);
    }

    /// <summary>Direction across the face: along the eyes, and square to the line from eyes to mouth. In profile the eyes are one place and only the second tells.</summary>
    private static Vector2 Across(Vector2[] points)
    {
        Vector2 down = (points[3] + points[4] - points[0] - points[1]) / 2;
        return points[1] - points[0] + new Vector2(down.Y, -down.X);
    }
}
