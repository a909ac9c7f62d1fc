using System.Numerics;

namespace VideoGaze.Faces.Geometry;

/// <summary>
/// The upright square that landmark networks look at, 1.5 times as large as the face (MediaPipe's face landmark graph). One place for it, because a network must be
/// shown what it was trained on.
/// </summary>
public static class MeshCrop
{
    /// <summary>Side of the crop over the larger side of the upright mesh.</summary>
    public const float Margin = 1.5f;

    /// <summary>Picture pixels to the crop around a mesh of the same face: the frame before, or a first try in this one.</summary>
    /// <param name="mesh">In picture pixels.</param>
    /// <param name="cropSide">Side of the crop in its own pixels.</param>
    public static SimilarityTransform Around(FaceMesh mesh, int cropSide)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        Vector2 across = mesh.At(MeshTopology.ImageRightEyeOuterCorner) - mesh.At(MeshTopology.ImageLeftEyeOuterCorner);
        double roll = Math.Atan2(across.Y, across.X);
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
        return Upright(centre, Math.Max(right - left, bottom - top) * Margin, roll, cropSide);
    }

    /// <summary>Turns back a roll and fits a square of the picture into the crop.</summary>
    /// <param name="centre">Of the square, picture pixels.</param>
    /// <param name="side">Of the square, picture pixels.</param>
    /// <param name="roll">Radians clockwise on a screen.</param>
    /// <param name="cropSide">Side of the crop in its own pixels.</param>
    public static SimilarityTransform Upright(Vector2 centre, float side, double roll, int cropSide)
    {
        double scale = cropSide / (double)Math.Max(side, 1);
        double a = scale * Math.Cos(roll);
        double b = -scale * Math.Sin(roll);
        double half = cropSide / 2.0;
        return new(a, b, half - ((a * centre.X) - (b * centre.Y)), half - ((b * centre.X) + (a * centre.Y)));
    }
}
