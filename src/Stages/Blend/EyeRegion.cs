using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Blend;

/// <summary>The part of a face that shows the target's own eyes: an ellipse around each eye that holds both lids and leaves the brow, or what is between the lids and their margins alone.</summary>
internal static class EyeRegion
{
    // Half axes of the ellipse, in eye widths along and across the eye. An open eye is 0.3 widths high; brows begin 0.6 above the middle of the eye.
    private const float HalfWidth = 0.9f;
    private const float HalfHeight = 0.55f;

    // Part of the radius up to which the target's eye is laid on wholly: 0.54 widths along, just outside the corners.
    private const float Core = 0.6f;

    // The skin that colours are compared on reaches this far, in radii.
    private const float RingEnd = 1.15f;

    // Around the openings, in eye widths: the margins of the lids with their lashes, and how softly they end.
    // Measured with .1, .14, .18 and .22: the more, the nearer gaze is to an untouched target's, and the less faces are the person put in (docs/swap-and-blend.md).
    private const float Margin = 0.14f, MarginSoftness = 0.05f;

    // Lids that shut are the target's farther out: a blink is told by its lids, and too short to tell whose they are. Lid distance over eye width below which the margin grows, and from which on it is this wide.
    private const float ClosingAspect = 0.25f, ShutAspect = 0.15f, ShutMargin = 0.3f;

    // Sizes are rounded up to this many pixels, so that buffers of a face that comes nearer slowly are lent again.
    private const int Step = 64;

    /// <summary>The frame's rectangle that the ellipses and the ring around them need; null where none of it is inside the frame.</summary>
    public static Rect? Place(EyePair eyes, PixelSpec frame)
    {
        float reach = RingEnd * HalfWidth * Math.Max(eyes.Left.Width, eyes.Right.Width);
        Vector2 least = Vector2.Min(eyes.Left.Centre, eyes.Right.Centre) - new Vector2(reach);
        Vector2 most = Vector2.Max(eyes.Left.Centre, eyes.Right.Centre) + new Vector2(reach);
        (int left, int width) = Span(least.X, most.X, frame.Width);
        (int top, int height) = Span(least.Y, most.Y, frame.Height);
        return width > 0 && height > 0 ? new Rect(left, top, width, height) : null;
    }

    /// <summary>Draws where the target's eyes go and where colours are compared.</summary>
    /// <param name="eyes">Frame pixels.</param>
    /// <param name="mesh">The face, frame pixels: neither leaves its outline.</param>
    /// <param name="place">The rectangle drawn.</param>
    /// <param name="extent">How much of them.</param>
    /// <param name="alpha">8UC1 of the rectangle's size; filled.</param>
    /// <param name="ring">32FC1 of the rectangle's size: 1 on the skin around the eyes; filled.</param>
    public static void Draw(EyePair eyes, FaceMesh mesh, Rect place, EyeExtent extent, Mat alpha, Mat ring)
    {
        using Mat outline = Outline(mesh, place, eyes);
        float height = HalfHeight * Math.Max(eyes.Left.Width, eyes.Right.Width);
        for (int y = 0; y < place.Height; y++)
        {
            ReadOnlySpan<byte> inside = outline.RowSpan<byte>(y);
            Span<byte> alphas = alpha.RowSpan<byte>(y);
            Span<float> rings = ring.RowSpan<float>(y);
            for (int x = 0; x < place.Width; x++)
            {
                var point = new Vector2(place.X + x + 0.5f, place.Y + y + 0.5f);
                float radius = Math.Min(Radius(point, eyes.Left, height, eyes.Tilt), Radius(point, eyes.Right, height, eyes.Tilt));
                float ramp = Math.Clamp((1 - radius) / (1 - Core), 0, 1);
                alphas[x] = (byte)((inside[x] * ramp * ramp * (3 - (2 * ramp))) + 0.5f);
                rings[x] = radius is > Core and < RingEnd && inside[x] == 255 ? 1 : 0;
            }
        }

        if (extent == EyeExtent.Openings)
        {
            DrawOpenings(mesh, eyes, place, alpha);
        }
    }

    private static float Radius(Vector2 point, EyePoints eye, float halfHeight, double tilt)
    {
        (float sin, float cos) = MathF.SinCos((float)tilt);
        Vector2 offset = point - eye.Centre;
        float along = ((cos * offset.X) + (sin * offset.Y)) / (HalfWidth * Math.Max(eye.Width, 1));
        float across = ((cos * offset.Y) - (sin * offset.X)) / Math.Max(halfHeight, 1);
        return MathF.Sqrt((along * along) + (across * across));
    }

    /// <summary>The openings between the lids and the lids' margins, with soft edges.</summary>
    private static void DrawOpenings(FaceMesh mesh, EyePair eyes, Rect place, Mat alpha)
    {
        float width = Math.Max(eyes.Left.Width, eyes.Right.Width);
        alpha.SetTo(Scalar.All(0));
        foreach (IReadOnlyList<int> opening in (ReadOnlySpan<IReadOnlyList<int>>)[MeshTopology.ImageLeftEye, MeshTopology.ImageRightEye])
        {
            BlendMask.Fill(alpha, Polygon.ConvexHull(MeshTopology.Select(mesh, opening)), 255, place.TopLeft);
        }

        float aspect = Math.Min(MeshTopology.ImageLeftEyeAspect(mesh), MeshTopology.ImageRightEyeAspect(mesh));
        float shut = Math.Clamp((ClosingAspect - aspect) / (ClosingAspect - ShutAspect), 0, 1);
        int margin = (int)MathF.Round(float.Lerp(Margin, ShutMargin, shut) * width);
        if (margin > 0)
        {
            using Mat kernel = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * margin) + 1, (2 * margin) + 1));
            Cv2.Dilate(alpha, alpha, kernel);
        }

        Cv2.GaussianBlur(alpha, alpha, default, Math.Max(0.5, MarginSoftness * width));
    }

    /// <summary>The face's outline, 255 inside, with a soft edge a quarter of an eye wide: beyond it is background, which no swap has touched.</summary>
    private static Mat Outline(FaceMesh mesh, Rect place, EyePair eyes)
    {
        var outline = new Mat(place.Height, place.Width, MatType.CV_8UC1, Scalar.All(0));
        Vector2[] hull = Polygon.ConvexHull(MeshTopology.Select(mesh, MeshTopology.FaceOval));
        Point[] points = Array.ConvertAll(hull, point => new Point((int)Math.Clamp(point.X - place.X, -8192, 8192), (int)Math.Clamp(point.Y - place.Y, -8192, 8192)));
        Cv2.FillConvexPoly(outline, points, Scalar.All(255), LineTypes.AntiAlias);
        int edge = Math.Max(1, (int)(0.25f * Math.Max(eyes.Left.Width, eyes.Right.Width)));
        using Mat kernel = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(edge | 1, edge | 1));
        Cv2.Erode(outline, outline, kernel, borderType: BorderTypes.Constant, borderValue: Scalar.All(255));
        Cv2.Blur(outline, outline, new Size(edge | 1, edge | 1), borderType: BorderTypes.Replicate);
        return outline;
    }

    private static (int Start, int Length) Span(float least, float most, int limit)
    {
        int start = (int)Math.Clamp(Math.Floor((double)least), 0, limit);
        int end = (int)Math.Clamp(Math.Ceiling((double)most), 0, limit);
        int length = Math.Min((end - start + Step - 1) / Step * Step, limit);
        return end <= start ? (0, 0) : (Math.Min(start, limit - length), length);
    }
}
