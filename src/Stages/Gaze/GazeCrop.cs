using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Gaze;

/// <summary>How much of a face a gaze network looks at.</summary>
public enum GazeRegion
{
    /// <summary>The whole face with a margin.</summary>
    Face,

    /// <summary>A strip around both eyes: a quarter of the pixels.</summary>
    Eyes,
}

/// <summary>
/// Which part of the frame the gaze branch gets: an upright square around the face, the same for source and output, or the strip of that square that shows
/// the eyes. Both show the eyes at the same scale, pixel for pixel.
/// </summary>
public static class GazeCrop
{
    /// <summary>Side of the whole face's crop in pixels: an eye is then about 34 px wide, as much as the networks' own eye pictures hold.</summary>
    public const int Side = 320;

    // Wide enough for the largest square cut from it, 2.3 eye widths (IrisEyeLocator), around either eye. Largest of talk.mp4, two.mp4, edges.mp4 and sweep.mp4:
    // eye 45 px, from eye to eye 84 px, swapped eye 7 px off its source's. What lies outside after all is filled by repeating the border.
    private const int StripWidth = 208;
    private const int StripHeight = 112;

    // The mesh network and the face networks of the L2CS kind want the whole face with a margin of a quarter on each side.
    private const float Margin = 1.5f;

    /// <summary>Size and format of a crop.</summary>
    public static PixelSpec SpecOf(GazeRegion region) => region == GazeRegion.Eyes
        ? new(StripWidth, StripHeight, PixelFormat.Bgr24)
        : new(Side, Side, PixelFormat.Bgr24);

    /// <summary>Frame pixels to crop pixels for a face.</summary>
    /// <param name="mesh">Landmarks in frame pixels.</param>
    /// <param name="region">How much of the face the crop is to show.</param>
    public static SimilarityTransform TransformFor(FaceMesh mesh, GazeRegion region)
    {
        SimilarityTransform whole = TransformFor(mesh);
        if (region == GazeRegion.Face)
        {
            return whole;
        }

        // A shift by whole pixels: the strip's pixels are those of the whole face's crop.
        EyePair eyes = EyePair.FromMesh(mesh).Transformed(whole);
        Vector2 middle = (eyes.Left.Centre + eyes.Right.Centre) / 2;
        return whole.Then(new SimilarityTransform(1, 0, Math.Round((StripWidth / 2.0) - middle.X), Math.Round((StripHeight / 2.0) - middle.Y)));
    }

    /// <summary>Frame pixels to crop pixels for a whole face.</summary>
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
