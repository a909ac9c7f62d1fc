using OpenCvSharp;

namespace VideoGaze.Stages.Overlay;

/// <summary>The two arrows. They differ by colour, by rim and by head, so that one colour would be enough to tell them apart.</summary>
internal static class OverlayArrow
{
    // Half the angle between the strokes of a head, radians.
    private const double HeadAngle = 0.5;

    /// <summary>Where the source looks: blue in white, an open head that shows behind the other.</summary>
    public static void Source(OverlayCanvas canvas, Point2d eyes, Point2d tip, OverlayStyle style)
    {
        (Point2d left, Point2d right) = Head(eyes, tip, 1.35 * style.HeadLength, 1.25 * HeadAngle);
        foreach ((Scalar colour, int thickness) in (ReadOnlySpan<(Scalar, int)>)[(OverlayStyle.SourceRim, style.WithRim + 1), (OverlayStyle.Source, style.Core + 1)])
        {
            canvas.Line(eyes, tip, colour, thickness);
            canvas.Line(tip, left, colour, thickness);
            canvas.Line(tip, right, colour, thickness);
        }
    }

    /// <summary>Where the output looks: orange in black, a filled head.</summary>
    public static void Output(OverlayCanvas canvas, Point2d eyes, Point2d tip, OverlayStyle style)
    {
        double rim = (style.WithRim - style.Core) / 2.0;
        (Point2d left, Point2d right) = Head(eyes, tip, style.HeadLength, HeadAngle);
        canvas.Line(eyes, tip, OverlayStyle.OutputRim, style.WithRim);
        canvas.Line(left, right, OverlayStyle.OutputRim, style.WithRim);
        canvas.Line(left, tip, OverlayStyle.OutputRim, style.WithRim);
        canvas.Line(right, tip, OverlayStyle.OutputRim, style.WithRim);
        canvas.Line(eyes, tip, OverlayStyle.Output, style.Core);
        canvas.Fill([left, tip, right], OverlayStyle.Output);

        // A gaze into the camera has no length: the dot shows that it was measured.
        canvas.Dot(eyes, style.Core + rim + 0.5, OverlayStyle.OutputRim);
        canvas.Dot(eyes, style.Core + 0.5, OverlayStyle.Output);
    }

    /// <summary>Ends of a head's two strokes; a short arrow has a small one.</summary>
    private static (Point2d Left, Point2d Right) Head(Point2d eyes, Point2d tip, double length, double angle)
    {
        double direction = Math.Atan2(tip.Y - eyes.Y, tip.X - eyes.X);
        double stroke = Math.Min(length, 0.7 * Math.Sqrt(((tip.X - eyes.X) * (tip.X - eyes.X)) + ((tip.Y - eyes.Y) * (tip.Y - eyes.Y))));
        return (End(direction + Math.PI - angle), End(direction + Math.PI + angle));

        Point2d End(double to) => new(tip.X + (stroke * Math.Cos(to)), tip.Y + (stroke * Math.Sin(to)));
    }
}
