using OpenCvSharp;

namespace VideoGaze.Stages.Score;

/// <summary>How far two pictures are apart inside one region.</summary>
/// <param name="Ssim">Mean structural similarity of luma; 1 is equal.</param>
/// <param name="MeanAbsolute">Mean absolute difference over B, G and R, 0..255.</param>
/// <param name="HaarPsi">Perceptual similarity; 1 is equal.</param>
/// <param name="Sharpness">Fine detail of the first picture over that of the second (mean absolute Laplacian of luma): 1 is as sharp, less is softer, more is sharper or noisier.</param>
internal readonly record struct PictureDifference(double Ssim, double MeanAbsolute, double HaarPsi, double Sharpness)
{
    /// <summary>Pixels around a region that take part in its measures.</summary>
    public const int Reach = HaarPerceptualSimilarity.Reach;

    // Levels; the detail of a picture without any, so that a ratio stays finite.
    private const double LeastDetail = 0.01;

    /// <summary>Compares two pictures of one size in several regions.</summary>
    /// <param name="a">8UC3 BGR, even width and height.</param>
    /// <param name="b">The other picture.</param>
    /// <param name="regions">8UC1 of the pictures' size, not 0 inside.</param>
    /// <returns>One difference a region; null for a region without a pixel.</returns>
    public static PictureDifference?[] Between(Mat a, Mat b, params IReadOnlyList<Mat> regions)
    {
        using Mat difference = new(), x = Luma(a), y = Luma(b), detailA = Detail(x), detailB = Detail(y);
        Cv2.Absdiff(a, b, difference);
        double[] ssim = StructuralSimilarity.Map(x, y);
        double[] haar = HaarPerceptualSimilarity.Between(a, b, regions);
        var result = new PictureDifference?[regions.Count];
        for (int i = 0; i < result.Length; i++)
        {
            regions[i].GetArray(out byte[] inside);
            double sum = 0;
            long count = 0;
            for (int p = 0; p < inside.Length; p++)
            {
                if (inside[p] != 0)
                {
                    sum += ssim[p];
                    count++;
                }
            }

            if (count > 0)
            {
                Scalar mean = Cv2.Mean(difference, regions[i]);
                double own = Cv2.Mean(detailA, regions[i]).Val0, other = Cv2.Mean(detailB, regions[i]).Val0;
                result[i] = new(sum / count, (mean.Val0 + mean.Val1 + mean.Val2) / 3, haar[i], own == other ? 1 : own / Math.Max(other, LeastDetail));
            }
        }

        return result;
    }

    private static Mat Detail(Mat luma)
    {
        Mat detail = new();
        Cv2.Laplacian(luma, detail, MatType.CV_32F);
        Cv2.Absdiff(detail, Scalar.All(0), detail);
        return detail;
    }

    /// <summary>Luma of a BGR picture, 0..255, 32F. The caller disposes it.</summary>
    public static Mat Luma(Mat bgr)
    {
        using Mat gray = new();
        Cv2.CvtColor(bgr, gray, ColorConversionCodes.BGR2GRAY);
        Mat values = new();
        gray.ConvertTo(values, MatType.CV_32F);
        return values;
    }
}
