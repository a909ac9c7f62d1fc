using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Networks;

namespace VideoGaze.Training.Data;

/// <summary>Cuts the picture of one eye as <see cref="EyesNetwork"/> wants it.</summary>
internal static class EyesCrop
{
    /// <summary>Picture pixels to eye picture pixels: level, the eye in the middle.</summary>
    /// <param name="centre">Middle between the corners.</param>
    /// <param name="width">Distance of the corners.</param>
    /// <param name="tilt">Radians clockwise on a screen that the eyes' line is turned by.</param>
    public static SimilarityTransform TransformFor(Vector2 centre, float width, double tilt)
    {
        double scale = EyesNetwork.Width / (double)(EyesNetwork.Extent * width);
        (double sine, double cosine) = Math.SinCos(-tilt);
        double a = scale * cosine, b = scale * sine;
        return new(
            a,
            b,
            (EyesNetwork.Width / 2.0) - (a * centre.X) + (b * centre.Y),
            (EyesNetwork.Height / 2.0) - (b * centre.X) - (a * centre.Y));
    }

    /// <summary>The eye picture, BGR; outside the picture the border is repeated.</summary>
    public static Mat Cut(Mat picture, SimilarityTransform toCrop)
    {
        using Mat matrix = CropWarp.Matrix(toCrop);
        var crop = new Mat();
        Cv2.WarpAffine(picture, crop, matrix, new Size(EyesNetwork.Width, EyesNetwork.Height), InterpolationFlags.Linear, BorderTypes.Replicate);
        return crop;
    }

    /// <summary>Writes an eye picture as planes of red, green and blue in [0, 1].</summary>
    public static void Write(Mat eye, bool mirrored, Span<float> planes)
    {
        using Mat red = new();
        Cv2.CvtColor(eye, red, ColorConversionCodes.BGR2RGB);
        if (mirrored)
        {
            Cv2.Flip(red, red, FlipMode.Y);
        }

        Pixels.ToPlanes(red, planes);
    }
}
