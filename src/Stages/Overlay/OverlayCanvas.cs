using OpenCvSharp;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Overlay;

/// <summary>A rectangle of a frame to draw on. Only what was drawn goes back: all other pixels stay bit for bit as they were.</summary>
internal sealed class OverlayCanvas : IDisposable
{
    // Coordinates in sixteenths of a pixel: arrows that move slowly must not jump from pixel to pixel.
    private const int FractionBits = 4;

    private readonly PixelBuffer frame;
    private readonly ColorSpec color;
    private readonly Rect region;
    private readonly Mat before;
    private readonly Mat picture;

    /// <param name="frame">Changed in place by <see cref="Commit"/>.</param>
    /// <param name="color">How its samples are to be read.</param>
    /// <param name="wanted">What is drawn on; may lie partly outside the frame, not wholly.</param>
    public OverlayCanvas(PixelBuffer frame, ColorSpec color, Rect wanted)
    {
        this.frame = frame;
        this.color = color;
        region = wanted.Intersect(new Rect(0, 0, frame.Spec.Width, frame.Spec.Height));
        before = new Mat(region.Height, region.Width, MatType.CV_8UC3);
        FramePixels.ReadBgr(frame, color, region, before);
        picture = before.Clone();
    }

    /// <summary>Whether a rectangle has anything of the frame in it.</summary>
    public static bool Reaches(PixelBuffer frame, Rect wanted) => wanted.Intersect(new Rect(0, 0, frame.Spec.Width, frame.Spec.Height)) is { Width: > 0, Height: > 0 };

    /// <summary>A line in continuous frame pixels.</summary>
    public void Line(Point2d from, Point2d to, Scalar colour, int thickness) =>
        Cv2.Line(picture, Fixed(from), Fixed(to), colour, thickness, LineTypes.AntiAlias, FractionBits);

    /// <summary>A filled shape in continuous frame pixels.</summary>
    public void Fill(ReadOnlySpan<Point2d> corners, Scalar colour)
    {
        Point[] points = new Point[corners.Length];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = Fixed(corners[i]);
        }

        Cv2.FillConvexPoly(picture, points, colour, LineTypes.AntiAlias, FractionBits);
    }

    /// <summary>A filled circle in continuous frame pixels.</summary>
    public void Dot(Point2d middle, double radius, Scalar colour) =>
        Cv2.Circle(picture, Fixed(middle), (int)Math.Round(radius * (1 << FractionBits)), colour, -1, LineTypes.AntiAlias, FractionBits);

    /// <summary>A ring in continuous frame pixels.</summary>
    public void Ring(Point2d middle, double radius, Scalar colour, int thickness) =>
        Cv2.Circle(picture, Fixed(middle), (int)Math.Round(radius * (1 << FractionBits)), colour, thickness, LineTypes.AntiAlias, FractionBits);

    /// <summary>Darkens a rectangle of the frame, for words on it.</summary>
    public void Darken(Rect place)
    {
        Rect inside = new Rect(place.X - region.X, place.Y - region.Y, place.Width, place.Height).Intersect(new Rect(0, 0, region.Width, region.Height));
        if (inside is { Width: > 0, Height: > 0 })
        {
            using Mat part = picture[inside];
            using var ground = new Mat(part.Size(), part.Type(), OverlayStyle.Ground);
            Cv2.AddWeighted(part, 1 - OverlayStyle.GroundOpacity, ground, OverlayStyle.GroundOpacity, 0, part);
        }
    }

    /// <summary>Words, by the left end of their base line.</summary>
    public void Write(string words, Point origin, OverlayStyle style, Scalar colour) => Cv2.PutText(
        picture, words, new Point(origin.X - region.X, origin.Y - region.Y), HersheyFonts.HersheySimplex, style.LetterScale, colour, style.LetterThickness, LineTypes.AntiAlias);

    /// <summary>Puts what was drawn into the frame.</summary>
    public void Commit()
    {
        using var changed = new Mat();
        using var mask = new Mat();
        Cv2.Absdiff(picture, before, changed);
        Cv2.CvtColor(changed, mask, ColorConversionCodes.BGR2GRAY);
        Cv2.Threshold(mask, mask, 0, 255, ThresholdTypes.Binary);

        // A chroma sample changes only where all four of its pixels may: without a pixel of room thin lines would stay grey.
        using Mat kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(3, 3));
        Cv2.Dilate(mask, mask, kernel);
        FramePixels.WriteBgr(frame, color, region, picture, mask);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        before.Dispose();
        picture.Dispose();
    }

    // OpenCV's pixel centres lie at whole numbers, ours at halves.
    private Point Fixed(Point2d place) => new(
        (int)Math.Round((place.X - region.X - 0.5) * (1 << FractionBits)), (int)Math.Round((place.Y - region.Y - 0.5) * (1 << FractionBits)));
}
