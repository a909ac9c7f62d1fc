using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Stages.Gaze;

/// <summary>Which part of the frame the gaze branch gets: an upright square around the face, the same for source and output.</summary>
public static class GazeCrop
{
    /// <summary>Side of the crop in pixels: an eye is then about 34 px wide, as much as the networks' own eye pictures hold.</summary>
    public const int Side = 320;

    // The mesh network and the face networks of the L2CS kind want the whole face with a margin of a quarter on each side.
    private const float Margin = 1.5f;

    /// <summary>Frame pixels to crop pixels for a face.</summary>
    /// <param name="mesh">Landmarks in frame pixels.</param>
    public static SimilarityTransform TransformFor(FaceMesh mesh)
    {
        double tilt = EyePair.FromMesh(mesh).Tilt;
        float cos = (float)Math.Cos(tilt);
        float sin = (float)Math.Sin(tilt);
        Vector2 least = new(float.MaxValue);
        Vector2 most = new(float.MinValue);
        foreach (Vector3 point in mesh.Points)
        {
            var level = new Vector2((cos * point.X) + (sin * point.Y), (cos * point.Y) - (sin * point.X));
            least = Vector2.Min(least, level);
            most = Vector2.Max(most, level);
        }

        Vector2 middle = (least + most) / 2;
        Vector2 size = most - least;
        double scale = Side / Math.Max(1, Margin * Math.Max(size.X, size.Y));
        return new(scale * cos, -scale * sin, (Side / 2.0) - (scale * middle.X), (Side / 2.0) - (scale * middle.Y));
    }
}
