using OpenCvSharp;

namespace VideoGaze.Stages.Score;

/// <summary>
/// Structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004, IEEE TIP 13(4)): luminance, contrast and structure of two pictures in a Gaussian window of
/// 11 pixels, sigma 1.5, k1 0.01, k2 0.03. 1 is equal; unrelated pictures come near 0.
/// </summary>
internal static class StructuralSimilarity
{
    /// <summary>Pixels that the window reaches beyond a region.</summary>
    public const int Reach = 5;

    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;
    private static readonly Size Window = new((2 * Reach) + 1, (2 * Reach) + 1);

    /// <summary>The similarity at every pixel, row after row.</summary>
    /// <param name="x">Luma 0..255, 32F.</param>
    /// <param name="y">The same of the other picture.</param>
    public static double[] Map(Mat x, Mat y)
    {
        using Mat meanX = Blur(x), meanY = Blur(y);
        using Mat varX = Covariance(x, x, meanX, meanX), varY = Covariance(y, y, meanY, meanY), cov = Covariance(x, y, meanX, meanY);
        meanX.GetArray(out float[] mx);
        meanY.GetArray(out float[] my);
        varX.GetArray(out float[] vx);
        varY.GetArray(out float[] vy);
        cov.GetArray(out float[] cxy);
        var map = new double[mx.Length];
        for (int i = 0; i < map.Length; i++)
        {
            double a = mx[i], b = my[i];
            map[i] = ((2 * a * b) + C1) * ((2.0 * cxy[i]) + C2) / (((a * a) + (b * b) + C1) * ((double)vx[i] + vy[i] + C2));
        }

        return map;
    }

    private static Mat Blur(Mat values)
    {
        Mat blurred = new();
        Cv2.GaussianBlur(values, blurred, Window, 1.5);
        return blurred;
    }

    private static Mat Covariance(Mat x, Mat y, Mat meanX, Mat meanY)
    {
        using Mat product = new(), means = new();
        Cv2.Multiply(x, y, product);
        Cv2.Multiply(meanX, meanY, means);
        Mat covariance = Blur(product);
        Cv2.Subtract(covariance, means, covariance);
        return covariance;
    }
}
