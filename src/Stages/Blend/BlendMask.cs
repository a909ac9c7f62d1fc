using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Stages.Blend;

/// <summary>
/// The alpha of a face: where the learned mask and the landmarks' outline agree, drawn in by an erosion and ramped inward. The ramp never reaches
/// outside the mask, so nothing of the crop's background is laid into the frame.
/// </summary>
internal static class BlendMask
{
    /// <summary>Side of the square that masks are made in. Ramps are tens of pixels wide there, so it need not grow with the frame.</summary>
    public const int Side = 256;

    // Of a thin frame the mask is seldom sure: a line in which it is lower by this much, of 255, is there. By half of 255 a real target's metal rims vanished in pieces (lp_driving_d9).
    private const double DoubtfulLine = 40;

    /// <summary>The face's outline as a filled shape, 255 inside.</summary>
    /// <param name="mesh">Landmarks in mask pixels.</param>
    /// <param name="hull">Filled; 8UC1.</param>
    public static void DrawHull(FaceMesh mesh, Mat hull)
    {
        hull.SetTo(Scalar.All(0));

        // The oval runs along chin, cheeks and the upper forehead just below the hairline; its hull also spans the dents a turned head's mesh has.
        Fill(hull, Polygon.ConvexHull(MeshTopology.Select(mesh, MeshTopology.FaceOval)), 255);
    }

    /// <summary>Width of the face in mask pixels: what erosion and feather are relative to. The larger of both spans, so that a turned head keeps its ramp.</summary>
    public static double FaceWidth(FaceMesh mesh)
    {
        Vector2[] oval = MeshTopology.Select(mesh, MeshTopology.FaceOval);
        FaceBox bounds = Polygon.Bounds(oval);

        // A face seen from the front is about 3/4 as wide as high.
        return Math.Max(bounds.Width, 0.75 * bounds.Height);
    }

    /// <summary>
    /// Erodes and feathers a hull and a learned mask. What is left out in a thin line, as the frame of spectacles is, gets a narrow ramp on both sides: the wide one at the face's edge would take skin and brows
    /// within the frame along, and leave the target's.
    /// </summary>
    /// <param name="hull">8UC1, 255 inside; changed.</param>
    /// <param name="learned">8UC1, 255 where the new face belongs.</param>
    /// <param name="faceWidth">Pixels; what the options' lengths are shares of.</param>
    /// <param name="options">Erosion and ramp at the edge, and at thin lines.</param>
    /// <param name="alpha">Filled; 8UC1.</param>
    public static void Feather(Mat hull, Mat learned, double faceWidth, BlendOptions options, Mat alpha)
    {
        int reach = (int)Math.Round(options.ThinLine / 2 * faceWidth);
        using Mat kernel = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * reach) + 1, (2 * reach) + 1));
        using var whole = new Mat();
        using var doubt = new Mat();
        Cv2.MorphologyEx(learned, whole, MorphTypes.Close, kernel);
        Cv2.Subtract(whole, learned, doubt);
        Cv2.Threshold(doubt, doubt, DoubtfulLine, 255, ThresholdTypes.Binary);
        Cv2.Min(hull, whole, whole);
        Feather(whole, options.Erode * faceWidth, options.Feather * faceWidth, alpha);

        using var lines = new Mat(alpha.Size(), MatType.CV_8UC1);
        Cv2.Min(hull, learned, hull);
        hull.SetTo(Scalar.All(0), doubt);
        Feather(hull, options.ThinErode * faceWidth, options.ThinFeather * faceWidth, lines);
        Cv2.Min(alpha, lines, alpha);
    }

    /// <summary>Erodes and feathers.</summary>
    /// <param name="support">8UC1, 255 where the new face may be used, soft or hard.</param>
    /// <param name="erode">Pixels that the alpha stays 0 inward from the edge.</param>
    /// <param name="feather">Pixels over which it rises to 255 from there.</param>
    /// <param name="alpha">Filled; 8UC1.</param>
    public static void Feather(Mat support, double erode, double feather, Mat alpha)
    {
        int height = support.Height, width = support.Width;
        using var padded = new Mat();
        using var hard = new Mat();
        using var distance = new Mat();

        // A border of nothing: where the mask touches the crop's edge the ramp must still end inside the crop.
        Cv2.CopyMakeBorder(support, padded, 1, 1, 1, 1, BorderTypes.Constant, Scalar.All(0));
        Cv2.Threshold(padded, hard, 127, 255, ThresholdTypes.Binary);
        Cv2.DistanceTransform(hard, distance, DistanceTypes.L2, DistanceTransformMasks.Mask5);
        float start = (float)erode;
        float gain = (float)(1 / Math.Max(feather, 1));
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> from = distance.RowSpan<float>(y + 1)[1..];
            Span<byte> to = alpha.RowSpan<byte>(y);
            for (int x = 0; x < width; x++)
            {
                float t = Math.Clamp((from[x] - start) * gain, 0f, 1f);
                to[x] = (byte)((255f * t * t * (3f - (2f * t))) + 0.5f);
            }
        }
    }

    /// <summary>
    /// The pixels whose colours are compared: face inside the mask without eyes, brows and lips, whose colours belong to the identity and move with the expression.
    /// </summary>
    /// <param name="mesh">Landmarks in mask pixels.</param>
    /// <param name="alpha">The face's alpha.</param>
    /// <param name="skin">Filled; 8UC1, 255 or 0.</param>
    public static void Skin(FaceMesh mesh, Mat alpha, Mat skin)
    {
        Cv2.Threshold(alpha, skin, 127, 255, ThresholdTypes.Binary);
        foreach (IReadOnlyList<int> part in (ReadOnlySpan<IReadOnlyList<int>>)
            [MeshTopology.ImageLeftEye, MeshTopology.ImageRightEye, MeshTopology.ImageLeftBrow, MeshTopology.ImageRightBrow, MeshTopology.OuterLips])
        {
            Fill(skin, Polygon.ConvexHull(MeshTopology.Select(mesh, part)), 0);
        }
    }

    /// <summary>Fills a convex shape, with soft edges.</summary>
    /// <param name="mask">8UC1.</param>
    /// <param name="ring">Its corners in order.</param>
    /// <param name="value">0 to 255.</param>
    /// <param name="origin">Where the mask's upper left corner lies among the corners' coordinates.</param>
    internal static void Fill(Mat mask, Vector2[] ring, int value, Point origin = default)
    {
        // OpenCV's centres are integers, ours half-integers; 4 fraction bits keep a sixteenth of a pixel.
        const int Shift = 4;
        Point[] points = Array.ConvertAll(ring, point => new Point(
            (int)Math.Round((Math.Clamp(point.X - origin.X, -4096, 4096) - 0.5f) * (1 << Shift)),
            (int)Math.Round((Math.Clamp(point.Y - origin.Y, -4096, 4096) - 0.5f) * (1 << Shift))));
        Cv2.FillConvexPoly(mask, points, Scalar.All(value), LineTypes.AntiAlias, Shift);
    }
}
