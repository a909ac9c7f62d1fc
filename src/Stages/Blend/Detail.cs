using OpenCvSharp;

namespace VideoGaze.Stages.Blend;

/// <summary>Fine detail: how much there is, unsharp masking to match it, and the frame's own grain laid over a smooth face.</summary>
internal static class Detail
{
    /// <summary>Standard deviation of what a Gaussian of <paramref name="sigma"/> removes, where a mask is not 0.</summary>
    public static double Energy(Mat luma, Mat mask, double sigma)
    {
        using var soft = new Mat();
        using var fine = new Mat();
        Cv2.GaussianBlur(luma, soft, default, sigma, sigma, BorderTypes.Replicate);
        Cv2.Subtract(luma, soft, fine, null, MatType.CV_32F);
        Cv2.MeanStdDev(fine, out Scalar _, out Scalar deviation, mask);
        return deviation.Val0;
    }

    /// <summary>The unsharp amount after which a picture has as much detail as wanted, between 0 and <paramref name="most"/>.</summary>
    /// <param name="luma">32FC1.</param>
    /// <param name="mask">Where detail is measured.</param>
    /// <param name="sigma">Of the unsharp mask and of the measurement, pixels.</param>
    /// <param name="wanted">Detail wanted, as <see cref="Energy"/> measures it.</param>
    /// <param name="most">Beyond this, halos would show.</param>
    public static double Amount(Mat luma, Mat mask, double sigma, double wanted, double most)
    {
        using var soft = new Mat();
        using var fine = new Mat();
        using var finer = new Mat();
        Cv2.GaussianBlur(luma, soft, default, sigma, sigma, BorderTypes.Replicate);
        Cv2.Subtract(luma, soft, fine);
        Cv2.GaussianBlur(fine, soft, default, sigma, sigma, BorderTypes.Replicate);
        Cv2.Subtract(fine, soft, finer);

        // After unsharp masking by a the detail is fine + a finer, so its square is a quadratic in a.
        double constant = Product(fine, fine) - (wanted * wanted);
        double linear = 2 * Product(fine, finer);
        double square = Product(finer, finer);
        if (constant >= 0 || square <= 0)
        {
            return 0;
        }

        double amount = (-linear + Math.Sqrt((linear * linear) - (4 * square * constant))) / (2 * square);
        return Math.Clamp(amount, 0, most);

        double Product(Mat a, Mat b)
        {
            using var product = new Mat();
            Cv2.Multiply(a, b, product);
            return Cv2.Mean(product, mask).Val0;
        }
    }

    /// <summary>picture + amount x (picture - blurred picture), in place.</summary>
    public static void Unsharp(Mat picture, double sigma, double amount)
    {
        if (amount <= 0)
        {
            return;
        }

        using var soft = new Mat();
        Cv2.GaussianBlur(picture, soft, default, sigma, sigma, BorderTypes.Replicate);
        Cv2.AddWeighted(picture, 1 + amount, soft, -amount, 0, picture);
    }

    /// <summary>
    /// The noise of a picture, as the standard deviation of an equal white noise, where a mask is not 0. The median of what a 3 x 3 high-pass
    /// leaves is used, which edges and features (the minority of a face's pixels) do not move.
    /// </summary>
    public static double Noise(Mat luma8, Mat mask)
    {
        using var response = new Mat();
        using var absolute = new Mat();
        using Mat kernel = Mat.FromPixelData(3, 3, MatType.CV_32FC1, new float[] { 1, -2, 1, -2, 4, -2, 1, -2, 1 });
        Cv2.Filter2D(luma8, response, MatType.CV_16S, kernel, borderType: BorderTypes.Replicate);
        Cv2.ConvertScaleAbs(response, absolute);
        Span<int> histogram = stackalloc int[256];
        int count = 0;
        int rows = absolute.Rows;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> row = absolute.RowSpan<byte>(y);
            ReadOnlySpan<byte> used = mask.RowSpan<byte>(y);
            for (int x = 0; x < row.Length; x++)
            {
                if (used[x] > 127)
                {
                    histogram[row[x]]++;
                    count++;
                }
            }
        }

        if (count < 64)
        {
            return 0;
        }

        // Median with interpolation inside its bin, so that the estimate does not jump by whole codes.
        double before = 0;
        int bin = 0;
        while (before + histogram[bin] < count / 2.0)
        {
            before += histogram[bin++];
        }

        double median = bin - 0.5 + (((count / 2.0) - before) / histogram[bin]);

        // Median of |N(0, s)| is 0.6745 s; the kernel multiplies white noise by its norm, 6 (Immerkaer 1996).
        return Math.Max(median, 0) / 0.6745 / 6;
    }

    /// <summary>
    /// Lays the fine residue of the original over the new face: the same grain, codec noise and skin texture that the surroundings have, still where
    /// the original is still. Limited to twice its noise, so that the old face's features do not come back with it.
    /// </summary>
    /// <param name="original">8UC3, the frame's own pixels.</param>
    /// <param name="noise">Standard deviation of the original's noise, in codes.</param>
    /// <param name="share">0..1.</param>
    /// <param name="face">8UC3, changed in place.</param>
    public static void AddGrain(Mat original, double noise, double share, Mat face)
    {
        int limit = (int)Math.Round(2 * noise);
        if (limit < 1 || share <= 0)
        {
            return;
        }

        using var luma = new Mat();
        using var soft = new Mat();
        Cv2.CvtColor(original, luma, ColorConversionCodes.BGR2GRAY);
        Cv2.GaussianBlur(luma, soft, new Size(5, 5), 1.2, 1.2, BorderTypes.Replicate);
        int gain = (int)Math.Round(256 * share);
        int rows = face.Rows;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> fine = luma.RowSpan<byte>(y);
            ReadOnlySpan<byte> coarse = soft.RowSpan<byte>(y);
            Span<Vec3b> target = face.RowSpan<Vec3b>(y);
            for (int x = 0; x < target.Length; x++)
            {
                int grain = ((Math.Clamp(fine[x] - coarse[x], -limit, limit) * gain) + 128) >> 8;
                ref Vec3b pixel = ref target[x];
                pixel.Item0 = (byte)Math.Clamp(pixel.Item0 + grain, 0, 255);
                pixel.Item1 = (byte)Math.Clamp(pixel.Item1 + grain, 0, 255);
                pixel.Item2 = (byte)Math.Clamp(pixel.Item2 + grain, 0, 255);
            }
        }
    }
}
