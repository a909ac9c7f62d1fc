using System.Numerics;
using OpenCvSharp;
using VideoGaze.Stages.Blend;

namespace VideoGaze.Stages.Features;

/// <summary>Mean colours of an eye in CIE Lab; null where too few pixels of it are seen.</summary>
/// <param name="Iris">Between pupil and limbus.</param>
/// <param name="Sclera">Beside the iris, inside the lids.</param>
internal readonly record struct EyeColors(Vector3? Iris, Vector3? Sclera)
{
    // Parts of the iris's radius: the pupil ends at about a half, the limbus darkens from 0.9, what lies beyond 1.15 is white.
    private const float PupilEnd = 0.5f;
    private const float IrisEnd = 0.9f;
    private const float ScleraStart = 1.15f;

    // Fewer pixels than this are mostly their neighbours.
    private const int FewestPixels = 12;

    /// <summary>Measures an eye.</summary>
    /// <param name="picture">8UC3.</param>
    /// <param name="contour">The lids' edge, pixels.</param>
    /// <param name="iris">Centre of the iris.</param>
    /// <param name="radius">Of the iris.</param>
    public static EyeColors Of(Mat picture, Vector2[] contour, Vector2 iris, float radius)
    {
        Rect box = Cv2.BoundingRect(Array.ConvertAll(contour, point => new Point2f(point.X, point.Y))).Intersect(new Rect(0, 0, picture.Width, picture.Height));
        if (box.Width < 4 || box.Height < 2)
        {
            return new(null, null);
        }

        // A pixel inside the lids' edge: the edge itself is lash and shade.
        using var lids = new Mat(box.Height, box.Width, MatType.CV_8UC1, Scalar.All(0));
        Cv2.FillConvexPoly(lids, Array.ConvertAll(contour, point => new Point((int)(point.X - box.X), (int)(point.Y - box.Y))), Scalar.All(255));
        Cv2.Erode(lids, lids, null, borderType: BorderTypes.Constant, borderValue: Scalar.All(0));
        using var irisMask = new Mat(box.Height, box.Width, MatType.CV_8UC1, Scalar.All(0));
        using var scleraMask = new Mat(box.Height, box.Width, MatType.CV_8UC1, Scalar.All(0));
        int rows = box.Height;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> inside = lids.RowSpan<byte>(y);
            Span<byte> irises = irisMask.RowSpan<byte>(y), whites = scleraMask.RowSpan<byte>(y);
            for (int x = 0; x < inside.Length; x++)
            {
                float distance = Vector2.Distance(new(box.X + x + 0.5f, box.Y + y + 0.5f), iris) / radius;
                irises[x] = (byte)(inside[x] > 0 && distance is > PupilEnd and < IrisEnd ? 255 : 0);
                whites[x] = (byte)(inside[x] > 0 && distance > ScleraStart ? 255 : 0);
            }
        }

        using Mat part = picture.SubMat(box);
        using var lab = new Mat();
        LabMoments.ToLab(part, lab);
        return new(Mean(lab, irisMask), Mean(lab, scleraMask));
    }

    private static Vector3? Mean(Mat lab, Mat mask) => Cv2.CountNonZero(mask) < FewestPixels ? null : LabMoments.Of(lab, mask).Mean;
}
