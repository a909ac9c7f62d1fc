using OpenCvSharp;

namespace VideoGaze.Benchmarks.TruthScore;

/// <summary>How far two pictures of a face are apart inside one region.</summary>
/// <param name="Ssim">Structural similarity of luma (Wang et al. 2004: Gaussian window 11, sigma 1.5, k1 .01, k2 .03), mean over the region; 1 is equal.</param>
/// <param name="MeanAbsolute">Mean absolute difference over B, G and R, 0..255.</param>
internal readonly record struct FaceDifference(double Ssim, double MeanAbsolute)
{
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;

    /// <summary>Compares two BGR pictures of one size where <paramref name="region"/> (8-bit) is not 0.</summary>
    public static FaceDifference Between(Mat a, Mat b, Mat region)
    {
        using Mat difference = new();
        Cv2.Absdiff(a, b, difference);
        Scalar mean = Cv2.Mean(difference, region);

        using Mat x = Luma(a), y = Luma(b);
        using Mat meanX = Blur(x), meanY = Blur(y);
        using Mat varX = Covariance(x, x, meanX, meanX), varY = Covariance(y, y, meanY, meanY), cov = Covariance(x, y, meanX, meanY);
        double sum = 0;
        long count = 0;
        Size size = region.Size();
        for (int row = 0; row < size.Height; row++)
        {
            for (int column = 0; column < size.Width; column++)
            {
                if (region.At<byte>(row, column) == 0)
                {
                    continue;
                }

                double mx = meanX.At<float>(row, column), my = meanY.At<float>(row, column);
                double spread = varX.At<float>(row, column) + varY.At<float>(row, column);
                sum += ((2 * mx * my) + C1) * ((2 * cov.At<float>(row, column)) + C2) / (((mx * mx) + (my * my) + C1) * (spread + C2));
                count++;
            }
        }

        return new(sum / count, (mean.Val0 + mean.Val1 + mean.Val2) / 3);
    }

    private static Mat Luma(Mat bgr)
    {
        using Mat gray = new();
        Cv2.CvtColor(bgr, gray, ColorConversionCodes.BGR2GRAY);
        Mat values = new();
        gray.ConvertTo(values, MatType.CV_32F);
        return values;
    }

    private static Mat Blur(Mat values)
    {
        Mat blurred = new();
        Cv2.GaussianBlur(values, blurred, new Size(11, 11), 1.5);
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
