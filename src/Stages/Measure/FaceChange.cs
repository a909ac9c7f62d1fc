using OpenCvSharp;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Measure;

/// <summary>How different two pictures of a face are below the eyes: whether anything but the eyes was changed.</summary>
internal static class FaceChange
{
    // Cheeks, nose and mouth of an upright face whose crop it fills by two thirds, in parts of the crop's side.
    private const double Left = 0.25;
    private const double Right = 0.75;
    private const double Top = 0.52;
    private const double Bottom = 0.82;

    // Means over areas of about 6 x 6 pixels: codecs, scaling and a pixel of jitter between two meshes hardly move them.
    private const int Columns = 26;
    private const int Rows = 16;

    /// <summary>Mean absolute difference of colour levels, 0 to 255.</summary>
    /// <param name="source">A whole face's crop, <see cref="PixelFormat.Bgr24"/>.</param>
    /// <param name="output">The same face in the other video, cut by its own landmarks.</param>
    public static double Between(PixelBuffer source, PixelBuffer output)
    {
        using Mat a = Coarse(source), b = Coarse(output);
        using var difference = new Mat();
        Cv2.Absdiff(a, b, difference);
        Scalar mean = Cv2.Mean(difference);
        return FaceGazeRecord.Round((mean.Val0 + mean.Val1 + mean.Val2) / 3, 2);
    }

    private static Mat Coarse(PixelBuffer crop)
    {
        using Mat whole = PlaneView.Of(crop);
        int left = (int)(Left * whole.Width), top = (int)(Top * whole.Height);
        using Mat part = whole.SubMat(new Rect(left, top, (int)(Right * whole.Width) - left, (int)(Bottom * whole.Height) - top));
        var coarse = new Mat();
        Cv2.Resize(part, coarse, new Size(Columns, Rows), 0, 0, InterpolationFlags.Area);
        return coarse;
    }
}
