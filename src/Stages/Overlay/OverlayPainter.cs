using System.Globalization;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Page;

namespace VideoGaze.Stages.Overlay;

/// <summary>Draws a frame's measurements into it: where source and output look, the error, and which faces were not measured.</summary>
/// <param name="color">How the frames' samples are to be read.</param>
/// <param name="isTruth">Whether a truth file took the source's place.</param>
internal sealed class OverlayPainter(ColorSpec color, bool isTruth)
{
    // Widths of the face's box that a gaze at a right angle would reach: 10 degrees are then a third of a face, 4 degrees of error a seventh.
    private const double Reach = 2;

    /// <summary>Draws.</summary>
    /// <param name="frame">Changed in place.</param>
    /// <param name="record">What was measured; null for nothing: then only the legend is drawn.</param>
    /// <param name="boxes">Pixels of the frame for one of the report's boxes, across and down.</param>
    public void Paint(PixelBuffer frame, FrameGazeRecord? record, (double X, double Y) boxes)
    {
        var style = new OverlayStyle(Math.Min(frame.Spec.Width, frame.Spec.Height));
        IReadOnlyList<FaceGazeRecord> faces = record?.Faces ?? [];
        foreach (FaceGazeRecord face in faces)
        {
            var box = new FaceBox((float)(face.Box[0] * boxes.X), (float)(face.Box[1] * boxes.Y), (float)(face.Box[2] * boxes.X), (float)(face.Box[3] * boxes.Y));
            PaintFace(frame, face, box, style, isOneOfSeveral: faces.Count > 1 || face.Track > 1);
        }

        PaintLegend(frame, style);
    }

    /// <summary>The end of an arrow: the gaze's direction seen from the front without perspective, so that its length is the sine of the angle.</summary>
    /// <param name="eyes">Where it begins.</param>
    /// <param name="yaw">Degrees to the image's right.</param>
    /// <param name="pitch">Degrees up.</param>
    /// <param name="reach">Length of a right angle in pixels.</param>
    internal static Point2d Tip(Point2d eyes, double yaw, double pitch, double reach)
    {
        (double sinYaw, double sinPitch, double cosPitch) = (Math.Sin(yaw * Math.PI / 180), Math.Sin(pitch * Math.PI / 180), Math.Cos(pitch * Math.PI / 180));
        return new(eyes.X + (reach * sinYaw * cosPitch), eyes.Y - (reach * sinPitch));
    }

    /// <summary>What stands at a face.</summary>
    internal static string Label(FaceGazeRecord face, bool isOneOfSeveral)
    {
        string words = face switch
        {
            { Error: { } error } => error.ToString("0.0", CultureInfo.InvariantCulture),
            { Skipped: GazeSkip.EyesClosed } => "eyes shut",
            { Skipped: GazeSkip.Profile } => "turned too far",
            { Skipped: GazeSkip.LowConfidence } => "too uncertain",
            { Skipped: GazeSkip.NoEyes } => "no eyes found",
            { Skipped: GazeSkip.NoMatch } => "no counterpart",
            _ => "not measured",
        };
        return isOneOfSeveral ? string.Create(CultureInfo.InvariantCulture, $"{face.Track}: {words}") : words;
    }

    private void PaintFace(PixelBuffer frame, FaceGazeRecord face, FaceBox box, OverlayStyle style, bool isOneOfSeveral)
    {
        (double x, double y) = FaceCrops.BetweenEyes(box, face.Head);
        var eyes = new Point2d(x, y);
        double reach = Reach * box.Width;
        Point2d? source = TipOf(face.Source), output = TipOf(face.Output);
        var label = OverlayLabel.Above(Label(face, isOneOfSeveral), hasDegrees: face.Error is not null, box, frame.Spec, style);
        Rect area = Around([eyes, source ?? eyes, output ?? eyes], style.HeadLength + style.WithRim).Union(label.Ground).Union(
            Around([new(box.X, box.Y), new(box.X + box.Width, box.Y + box.Height)], style.WithRim));
        if (!OverlayCanvas.Reaches(frame, area))
        {
            return;
        }

        using var canvas = new OverlayCanvas(frame, color, area);
        if (face.Error is null)
        {
            Brackets(canvas, box, style);
        }

        if (source is { } sourceTip)
        {
            OverlayArrow.Source(canvas, eyes, sourceTip, style);
        }

        if (output is { } outputTip)
        {
            OverlayArrow.Output(canvas, eyes, outputTip, style);
        }

        label.Paint(canvas, style);
        canvas.Commit();

        Point2d? TipOf(EyesRecord? side) => side is { Yaw: { } yaw, Pitch: { } pitch } ? Tip(eyes, yaw, pitch, reach) : null;
    }

    /// <summary>The corners of a face that has no error.</summary>
    private static void Brackets(OverlayCanvas canvas, FaceBox box, OverlayStyle style)
    {
        double arm = Math.Min(box.Width, box.Height) / 6;
        foreach ((double x, double y, int right, int down) in (ReadOnlySpan<(double, double, int, int)>)
            [(box.X, box.Y, 1, 1), (box.X + box.Width, box.Y, -1, 1), (box.X, box.Y + box.Height, 1, -1), (box.X + box.Width, box.Y + box.Height, -1, -1)])
        {
            foreach ((Scalar colour, int thickness) in (ReadOnlySpan<(Scalar, int)>)[(OverlayStyle.Ground, style.WithRim), (OverlayStyle.Unmeasured, style.Core)])
            {
                canvas.Line(new(x, y), new(x + (right * arm), y), colour, thickness);
                canvas.Line(new(x, y), new(x, y + (down * arm)), colour, thickness);
            }
        }
    }

    private static Rect Around(ReadOnlySpan<Point2d> points, double margin)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (Point2d point in points)
        {
            (left, top, right, bottom) = (Math.Min(left, point.X), Math.Min(top, point.Y), Math.Max(right, point.X), Math.Max(bottom, point.Y));
        }

        int x = (int)Math.Floor(left - margin), y = (int)Math.Floor(top - margin);
        return new(x, y, (int)Math.Ceiling(right + margin) - x, (int)Math.Ceiling(bottom + margin) - y);
    }

    private void PaintLegend(PixelBuffer frame, OverlayStyle style)
    {
        int sample = (int)(style.LetterHeight * 2.2);
        int gap = (int)style.LetterHeight;
        (string Words, bool HasSample)[] items = [(isTruth ? "truth" : "source", true), ("output", true), ("error in degrees", false)];
        int height = (int)style.LetterHeight + (2 * style.Padding);
        int x = style.Padding, y = frame.Spec.Height - height - style.Padding;
        int width = style.Padding;

        // What a narrow frame has no room for is left out from the end.
        int shown = 0;
        foreach ((string words, bool hasSample) in items)
        {
            int next = width + (hasSample ? sample + style.Padding : 0) + OverlayLabel.WidthOf(words, style) + gap;
            if (x + next > frame.Spec.Width)
            {
                break;
            }

            width = next;
            shown++;
        }

        var ground = new Rect(x, y, width, height);
        if (shown == 0 || y < 0)
        {
            return;
        }

        using var canvas = new OverlayCanvas(frame, color, ground);
        canvas.Darken(ground);
        int at = x + style.Padding;
        double middle = y + (height / 2.0);
        for (int i = 0; i < shown; i++)
        {
            if (items[i].HasSample)
            {
                Point2d from = new(at, middle), to = new(at + sample - style.Padding, middle);
                if (i == 0)
                {
                    OverlayArrow.Source(canvas, from, to, style);
                }
                else
                {
                    OverlayArrow.Output(canvas, from, to, style);
                }

                at += sample + style.Padding;
            }

            canvas.Write(items[i].Words, new Point(at, y + height - style.Padding), style, OverlayStyle.Ink);
            at += OverlayLabel.WidthOf(items[i].Words, style) + gap;
        }

        canvas.Commit();
    }
}
