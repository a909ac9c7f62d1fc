using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Align;

/// <summary>Where the mesh network should look: an upright square 1.5 times as large as the face, as in its training.</summary>
internal static class MeshCrop
{
    /// <summary>Side of the crop over the larger side of the upright mesh (MediaPipe's face landmark graph).</summary>
    public const float Margin = 1.5f;

    /// <summary>From a detector's answer, for a face seen for the first time.</summary>
    public static SimilarityTransform From(DetectedFace face)
    {
        // Box centre and size: unlike the five points, they hold still when the head turns. Detector boxes reach from hairline to chin, like the mesh.
        FaceBox box = face.Box;
        Vector2 centre = new(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        return Upright(centre, Math.Max(box.Width, box.Height) * Margin, Roll(Across(face.Points)));
    }

    /// <summary>From a mesh of the same face: the frame before, or a first try in this one.</summary>
    public static SimilarityTransform From(FaceMesh mesh)
    {
        double roll = Roll(mesh.At(MeshTopology.ImageRightEyeOuterCorner) - mesh.At(MeshTopology.ImageLeftEyeOuterCorner));
        (double sin, double cos) = Math.SinCos(roll);
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        foreach (Vector3 point in mesh.Points)
        {
            float u = (float)((cos * point.X) + (sin * point.Y));
            float v = (float)((cos * point.Y) - (sin * point.X));
            left = Math.Min(left, u);
            right = Math.Max(right, u);
            top = Math.Min(top, v);
            bottom = Math.Max(bottom, v);
        }

        float middleU = (left + right) / 2, middleV = (top + bottom) / 2;
        Vector2 centre = new((float)((cos * middleU) - (sin * middleV)), (float)((sin * middleU) + (cos * middleV)));
        return Upright(centre, Math.Max(right - left, bottom - top) * Margin, roll);
    }

    /// <summary>Direction across the face: along the eyes, and square to the line from eyes to mouth. In profile the eyes are one place and only the second tells.</summary>
    private static Vector2 Across(Vector2[] points)
    {
        Vector2 down = (points[3] + points[4] - points[0] - points[1]) / 2;
        return points[1] - points[0] + new Vector2(down.Y, -down.X);
    }

    private static double Roll(Vector2 across) => Math.Atan2(across.Y, across.X);

    /// <summary>Turns back a roll (radians clockwise on a screen) and fits a square of <paramref name="side"/> picture pixels into the crop.</summary>
    private static SimilarityTransform Upright(Vector2 centre, float side, double roll)
    {
        double scale = FaceMeshEstimator.InputSide / (double)Math.Max(side, 1);
        double a = scale * Math.Cos(roll);
        double b = -scale * Math.Sin(roll);
        const double half = FaceMeshEstimator.InputSide / 2.0;
        return new(a, b, half - ((a * centre.X) - (b * centre.Y)), half - ((b * centre.X) + (a * centre.Y)));
    }
}
