using OpenCvSharp;

namespace VideoGaze.Stages.Score;

/// <summary>
/// HaarPSI (Reisenhofer, Bosse, Kutyniok and Wiegand 2018, Signal Processing: Image Communication 61, 33-43): how alike two pictures look, from their Haar wavelet
/// coefficients in YIQ. Two fine scales are compared, the third says where people look. 1 is equal. It needs no trained weights, so it has no favourite generator.
/// </summary>
/// <remarks>C = 30 and alpha = 4.2 are the paper's, fitted by its authors to four databases of human ratings.</remarks>
internal static class HaarPerceptualSimilarity
{
    /// <summary>Pixels that the widest wavelet reaches beyond a region: half of 8, at half size, and one for the halving.</summary>
    public const int Reach = 10;

    private const double C = 30;
    private const double Alpha = 4.2;
    private const int Scales = 3;

    // BGR to YIQ (NTSC 1953), the matrix of the authors' own code.
    private static readonly float[] YiqOfBgr =
    [
        0.114f, 0.587f, 0.299f,
        -0.322f, -0.274f, 0.596f,
        0.312f, -0.523f, 0.211f,
    ];

    /// <summary>The similarity inside each of several regions.</summary>
    /// <param name="a">8UC3 BGR, even width and height.</param>
    /// <param name="b">The same of the other picture; the order does not matter.</param>
    /// <param name="regions">8UC1 of the pictures' size, not 0 inside. A region without a single edge in either picture has nothing to weigh and counts as equal.</param>
    public static double[] Between(Mat a, Mat b, IReadOnlyList<Mat> regions)
    {
        Coefficients x = Coefficients.Of(a), y = Coefficients.Of(b);
        var result = new double[regions.Count];
        for (int i = 0; i < result.Length; i++)
        {
            using Mat half = new();
            Cv2.Resize(regions[i], half, new Size(a.Width / 2, a.Height / 2), 0, 0, InterpolationFlags.Nearest);
            half.GetArray(out byte[] inside);
            result[i] = Pool(x, y, inside);
        }

        return result;
    }

    private static double Pool(Coefficients x, Coefficients y, byte[] inside)
    {
        double sum = 0, total = 0;
        for (int p = 0; p < inside.Length; p++)
        {
            if (inside[p] == 0)
            {
                continue;
            }

            double chromaWeight = 0;
            for (int direction = 0; direction < 2; direction++)
            {
                float[][] u = x.Luma[direction], v = y.Luma[direction];
                double weight = Math.Max(u[2][p], v[2][p]);
                double alike = (Alike(u[0][p], v[0][p]) + Alike(u[1][p], v[1][p])) / 2;
                sum += weight * Logistic(alike);
                total += weight;
                chromaWeight += weight / 2;
            }

            sum += chromaWeight * Logistic((Alike(x.I[p], y.I[p]) + Alike(x.Q[p], y.Q[p])) / 2);
            total += chromaWeight;
        }

        if (total <= 0)
        {
            return 1;
        }

        double mean = sum / total;
        double alikeness = Math.Log(mean / (1 - mean)) / Alpha;
        return Math.Min(1, alikeness * alikeness);
    }

    private static double Alike(double a, double b) => ((2 * a * b) + C) / ((a * a) + (b * b) + C);

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-Alpha * value));

    /// <summary>Magnitudes at half size, row after row.</summary>
    /// <param name="Luma">[direction][scale - 1].</param>
    /// <param name="I">Mean of 2 x 2 values of I.</param>
    /// <param name="Q">Mean of 2 x 2 values of Q.</param>
    private sealed record Coefficients(float[][][] Luma, float[] I, float[] Q)
    {
        private static readonly float[] Mean2 = [0.25f, 0.25f, 0.25f, 0.25f];

        public static Coefficients Of(Mat bgr)
        {
            using Mat values = new(), yiq = new(), half = new(), matrix = new(3, 3, MatType.CV_32F);
            matrix.SetArray(YiqOfBgr);
            bgr.ConvertTo(values, MatType.CV_32F);
            Cv2.Transform(values, yiq, matrix);

            // The mean of 2 x 2 pixels and every second of them: the viewing distance the index was fitted for.
            Cv2.Resize(yiq, half, new Size(bgr.Width / 2, bgr.Height / 2), 0, 0, InterpolationFlags.Area);
            Mat[] planes = Cv2.Split(half);
            try
            {
                return new(
                    [Haar(planes[0], horizontal: false), Haar(planes[0], horizontal: true)],
                    Magnitude(planes[1], Mean2),
                    Magnitude(planes[2], Mean2));
            }
            finally
            {
                foreach (Mat plane in planes)
                {
                    plane.Dispose();
                }
            }
        }

        private static float[][] Haar(Mat luma, bool horizontal)
        {
            var scales = new float[Scales][];
            for (int scale = 1; scale <= Scales; scale++)
            {
                int side = 1 << scale;
                var kernel = new float[side * side];
                for (int i = 0; i < kernel.Length; i++)
                {
                    int place = horizontal ? i % side : i / side;
                    kernel[i] = (place < side / 2 ? -1f : 1f) / side;
                }

                scales[scale - 1] = Magnitude(luma, kernel);
            }

            return scales;
        }

        private static float[] Magnitude(Mat values, float[] weights)
        {
            int side = (int)Math.Sqrt(weights.Length);
            using Mat kernel = new(side, side, MatType.CV_32F), filtered = new();
            kernel.SetArray(weights);
            Cv2.Filter2D(values, filtered, MatType.CV_32F, kernel);
            filtered.GetArray(out float[] magnitude);
            for (int i = 0; i < magnitude.Length; i++)
            {
                magnitude[i] = Math.Abs(magnitude[i]);
            }

            return magnitude;
        }
    }
}
