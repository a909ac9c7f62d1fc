using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Overlay;

/// <summary>Words at a face on a darkened ground.</summary>
/// <param name="Words">Plain letters: OpenCV has no others.</param>
/// <param name="HasDegrees">Whether a degree sign follows, which OpenCV's letters lack.</param>
/// <param name="Ground">Pixels of the frame.</param>
internal sealed record OverlayLabel(string Words, bool HasDegrees, Rect Ground)
{
    /// <summary>Above a face, or below it where the frame ends; always inside the frame.</summary>
    public static OverlayLabel Above(string words, bool hasDegrees, FaceBox box, PixelSpec frame, OverlayStyle style)
    {
        int width = WidthOf(words, style) + (hasDegrees ? (int)(style.LetterHeight * 0.6) : 0) + (2 * style.Padding);
        int height = (int)style.LetterHeight + (2 * style.Padding);
        int x = (int)Math.Clamp(box.X + (box.Width / 2) - (width / 2.0), 0, Math.Max(0, frame.Width - width));
        double above = box.Y - height - style.Padding;
        double y = above >= 0 ? above : box.Y + box.Height + style.Padding;
        return new(words, hasDegrees, new Rect(x, (int)Math.Clamp(y, 0, Math.Max(0, frame.Height - height)), width, height));
    }

    /// <summary>Width of words in pixels.</summary>
    public static int WidthOf(string words, OverlayStyle style) =>
        Cv2.GetTextSize(words, HersheyFonts.HersheySimplex, style.LetterScale, style.LetterThickness, out _).Width;

    /// <summary>Writes it.</summary>
    public void Paint(OverlayCanvas canvas, OverlayStyle style)
    {
        canvas.Darken(Ground);
        canvas.Write(Words, new Point(Ground.X + style.Padding, Ground.Bottom - style.Padding), style, OverlayStyle.Ink);
        if (HasDegrees)
        {
            double radius = style.LetterHeight * 0.16;
            canvas.Ring(
                new(Ground.X + style.Padding + WidthOf(Words, style) + (style.LetterHeight * 0.12) + radius, Ground.Y + style.Padding + radius), radius, OverlayStyle.Ink, style.LetterThickness);
        }
    }
}
