using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Applies similarities to OpenCV images. Ours count from the left edge of a pixel, OpenCV's from its centre.</summary>
internal static class CropWarp
{
    /// <summary>A square crop; outside the picture the border is repeated.</summary>
    public static Mat Warp(Mat picture, SimilarityTransform toCrop, int size, InterpolationFlags interpolation = InterpolationFlags.Linear, BorderTypes border = BorderTypes.Replicate)
    {
        using Mat matrix = Matrix(toCrop);
        var crop = new Mat();
        Cv2.WarpAffine(picture, crop, matrix, new Size(size, size), interpolation, border);
        return crop;
    }

    /// <summary>The 2x3 matrix for centre-based coordinates.</summary>
    public static Mat Matrix(SimilarityTransform t) => Mat.FromArray(new[,]
    {
        { t.A, -t.B, t.Tx + ((t.A - t.B) / 2) - 0.5 },
        { t.B, t.A, t.Ty + ((t.A + t.B) / 2) - 0.5 },
    });

    /// <summary>Turn, scale and shift about the centre of a square of <paramref name="size"/> pixels.</summary>
    public static SimilarityTransform AboutCentre(int size, double degrees, double scale, double shiftX, double shiftY)
    {
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        double a = scale * cosine, b = scale * sine, c = size / 2.0;
        return new(a, b, c - ((a * c) - (b * c)) + (shiftX * size), c - ((b * c) + (a * c)) + (shiftY * size));
    }
}
