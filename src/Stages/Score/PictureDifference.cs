using OpenCvSharp;

namespace VideoGaze.Stages.Score;

/// <summary>How far two pictures are apart inside one region.</summary>
/// <param name="Ssim">Mean structural similarity of luma; 1 is equal.</param>
/// <param name="MeanAbsolute">Mean absolute difference over B, G and R, 0..255.</param>
/// <param name="HaarPsi">Perceptual similarity; 1 is equal.</param>
internal readonly record struct PictureDifference(double Ssim, double MeanAbsolute, double HaarPsi)
{
    /// <summary>Pixels around a region that take part in its measures.</summary>
    public const int Reach = HaarPerceptualSimilarity.Reach;

    /// <summary>Compares two pictures of one size in several regions.</summary>
    /// <param name="a">8UC3 BGR, even width and height.</param>
    /// <param name="b">The other picture.</param>
    /// <param name="regions">8UC1 of the pictures' size, not 0 inside.</param>
    /// <returns>One difference a region; null for a region without a pixel.</returns>
    public static PictureDifference?[] Between(Mat a, Mat b, params IReadOnlyList<Mat> regions)
    {
        using Mat difference = new(), x = Luma(a), y = Luma(b);
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
                result[i] = new(sum / count, (mean.Val0 + mean.Val1 + mean.Val2) / 3, haar[i]);
            }
        }

        return result;
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
