using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Draws the two masks of a training face from its 478-point mesh.</summary>
internal static class FaceMasks
{
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
        foreach (IReadOnlyList<int> contour in new[] { MeshTopology.ImageLeftEye, MeshTopology.ImageRightEye, MeshTopology.OuterLips })
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
