using System.Numerics;
using OpenCvSharp;

namespace VideoGaze.Training.Data;

/// <summary>Draws the two masks of a training face from its 478-point mesh.</summary>
internal static class FaceMasks
{
    // Contours of the MediaPipe canonical mesh.
    private static readonly int[] LeftEye = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246];
    private static readonly int[] RightEye = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466];
    private static readonly int[] OuterLips = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];

    /// <summary>The convex hull of the whole mesh, which is the face oval's from hairline to chin: 255 inside.</summary>
    public static Mat Hull(Vector2[] mesh, int side)
    {
        var mask = new Mat(side, side, MatType.CV_8UC1, Scalar.All(0));
        Fill(mask, mesh);
        return mask;
    }

    /// <summary>
    /// Eyes and lips, widened by an ellipse of side/32 and blurred with a kernel of about side/16, inside the hull, peak 255:
    /// DeepFaceLab's recipe on this mesh's contours.
    /// </summary>
    public static Mat EyesAndMouth(Vector2[] mesh, Mat hull)
    {
        int side = hull.Rows;
        var mask = new Mat(side, side, MatType.CV_8UC1, Scalar.All(0));
        foreach (int[] contour in new[] { LeftEye, RightEye, OuterLips })
        {
            Fill(mask, [.. contour.Select(index => mesh[index])]);
        }

        int widen = Math.Max(3, (side / 32) | 1), blur = Math.Max(3, (side / 16) | 1);
        using Mat ellipse = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(widen, widen));
        Cv2.Dilate(mask, mask, ellipse);
        Cv2.GaussianBlur(mask, mask, new Size(blur, blur), 0);
        using Mat inside = hull.Threshold(127, 255, ThresholdTypes.Binary);
        Cv2.BitwiseAnd(mask, inside, mask);
        Cv2.MinMaxLoc(mask, out double _, out double peak);
        if (peak > 0)
        {
            mask.ConvertTo(mask, MatType.CV_8UC1, 255 / peak);
        }

        return mask;
    }

    private static void Fill(Mat mask, Vector2[] points)
    {
        // Four bits of subpixels; OpenCV counts from pixel centres.
        const int Bits = 4;
        Point[] fixedPoints = [.. points.Select(point => new Point((int)MathF.Round((point.X - 0.5f) * (1 << Bits)), (int)MathF.Round((point.Y - 0.5f) * (1 << Bits))))];
        Cv2.FillConvexPoly(mask, Cv2.ConvexHull(fixedPoints), Scalar.All(255), LineTypes.AntiAlias, Bits);
    }
}
