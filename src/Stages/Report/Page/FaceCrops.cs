using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Report.Page;

/// <summary>Cuts a face and its eyes out of frames by what a report knows: the box and the head's pose.</summary>
internal static class FaceCrops
{
    /// <summary>One side's face.</summary>
    public static readonly Size FaceSize = new(112, 140);

    /// <summary>One side's eyes.</summary>
    public static readonly Size StripSize = new(288, 96);

    // Fitted to detector boxes and landmarks of talk.mp4 (300 frames, head to 25 degrees): the middle between the eyes lies at 0.51 w + 0.31 w sin(yaw) and 0.34 h, spread 0.015 in both;
    // the truth's own boxes give 0.50, 0.40 and 0.32.
    private const double EyesAcross = 0.51;
    private const double EyesAcrossPerSine = 0.31;
    private const double EyesDown = 0.335;

    // The eyes' middles are 0.45 w apart: a strip as wide as the box holds both with their brows' ends.
    private const double StripPart = 1.0;

    // Some room above the box, which ends at the forehead.
    private const double FacePart = 1.2;

    /// <summary>JPEG quality of faces.</summary>
    public const int FaceQuality = 72;

    /// <summary>JPEG quality of eyes.</summary>
    public const int StripQuality = 80;

    /// <summary>Makes a picture.</summary>
    /// <param name="place">Which frame.</param>
    /// <param name="face">Where the face is, in the pixels of <paramref name="reference"/>.</param>
    /// <param name="reference">Size of the frame that the report's boxes belong to.</param>
    /// <param name="sides">One or two frames with the colours to read them by, in the order in which they are stacked.</param>
    public static PagePicture Make(int place, FaceGazeRecord face, Size reference, params ReadOnlySpan<(PixelBuffer Frame, ColorSpec Color)> sides)
    {
        using var faces = new Mat(FaceSize.Height * sides.Length, FaceSize.Width, MatType.CV_8UC3);
        using var strips = new Mat(StripSize.Height * sides.Length, StripSize.Width, MatType.CV_8UC3);
        int[] eyes = [];
        for (int i = 0; i < sides.Length; i++)
        {
            (PixelBuffer frame, ColorSpec color) = sides[i];

            // The other video may have another size: boxes scale with it.
            var box = new FaceBox(
                (float)(face.Box[0] * frame.Spec.Width / reference.Width),
                (float)(face.Box[1] * frame.Spec.Height / reference.Height),
                (float)(face.Box[2] * frame.Spec.Width / reference.Width),
                (float)(face.Box[3] * frame.Spec.Height / reference.Height));
            (double x, double y) = BetweenEyes(box, face.Head);
            SimilarityTransform toFace = Upright(box.X + (box.Width / 2.0), box.Y + (box.Height / 2.0), FaceSize.Height / (FacePart * box.Height), 0, FaceSize);
            SimilarityTransform toStrip = Upright(x, y, StripSize.Width / (StripPart * box.Width), Roll(face), StripSize);
            using Mat faceRows = faces.RowRange(i * FaceSize.Height, (i + 1) * FaceSize.Height);
            using Mat stripRows = strips.RowRange(i * StripSize.Height, (i + 1) * StripSize.Height);
            FramePixels.WarpToBgr(frame, color, toFace, faceRows);
            FramePixels.WarpToBgr(frame, color, toStrip, stripRows);
            System.Numerics.Vector2 between = toFace.Apply(new((float)x, (float)y));
            eyes = [(int)Math.Round(between.X), (int)Math.Round(between.Y)];
        }

        return new(place, eyes, Jpeg(faces, FaceQuality), Jpeg(strips, StripQuality));
    }

    /// <summary>Middle between the eyes in pixels of the box's picture.</summary>
    /// <param name="box">The face.</param>
    /// <param name="head">How the head is turned; null where that is not known.</param>
    public static (double X, double Y) BetweenEyes(FaceBox box, HeadRecord? head)
    {
        double sine = Math.Sin((head?.Yaw ?? 0) * Math.PI / 180);
        double right = (EyesAcross - 0.5 + (EyesAcrossPerSine * sine)) * box.Width;
        double down = (EyesDown - 0.5) * box.Height;

        // The head's roll turns that point around the middle of the box; counter-clockwise on the screen is positive, y is down.
        double roll = (head?.Roll ?? 0) * Math.PI / 180;
        return (
            box.X + (box.Width / 2.0) + (right * Math.Cos(roll)) + (down * Math.Sin(roll)),
            box.Y + (box.Height / 2.0) - (right * Math.Sin(roll)) + (down * Math.Cos(roll)));
    }

    /// <summary>A picture as a JPEG file.</summary>
    public static byte[] Jpeg(Mat picture, int quality)
    {
        Cv2.ImEncode(".jpg", picture, out byte[] file, new ImageEncodingParam(ImwriteFlags.JpegQuality, quality), new ImageEncodingParam(ImwriteFlags.JpegOptimize, 1));
        return file;
    }

    private static double Roll(FaceGazeRecord face) => (face.Head?.Roll ?? 0) * Math.PI / 180;

    /// <summary>Puts a point of the frame into the middle of a crop, turned clockwise by an angle, so that a head that leans counter-clockwise comes out level.</summary>
    private static SimilarityTransform Upright(double x, double y, double scale, double clockwise, Size crop)
    {
        double a = scale * Math.Cos(clockwise), b = scale * Math.Sin(clockwise);
        return new(a, b, (crop.Width / 2.0) - ((a * x) - (b * y)), (crop.Height / 2.0) - ((b * x) + (a * y)));
    }
}
