using OpenCvSharp;

namespace VideoGaze.Training.Data;

/// <summary>What cameras, codecs and light do to a whole picture: colour, blur, noise, JPEG blocks. Geometry stays.</summary>
internal static class PictureDamage
{
    /// <summary>Changes an 8-bit BGR picture in place.</summary>
    public static void Apply(Mat picture, Random random)
    {
        // Exposure, white balance and black level, by a table: one look-up a byte instead of floating-point arithmetic.
        double exposure = Math.Exp(Spread(random, 0.5)), black = Spread(random, 25);
        byte[] table = new byte[256 * 3];
        for (int channel = 0; channel < 3; channel++)
        {
            double gain = exposure * Math.Exp(Spread(random, 0.2));
            for (int value = 0; value < 256; value++)
            {
                table[(value * 3) + channel] = (byte)Math.Clamp((value * gain) + black, 0, 255);
            }
        }

        using (Mat lookUp = Mat.FromPixelData(1, 256, MatType.CV_8UC3, table))
        {
            Cv2.LUT(picture, lookUp, picture);
        }

        if (random.Next(10) == 0)
        {
            using Mat grey = picture.CvtColor(ColorConversionCodes.BGR2GRAY);
            Cv2.CvtColor(grey, picture, ColorConversionCodes.GRAY2BGR);
        }

        if (random.Next(4) == 0)
        {
            Cv2.GaussianBlur(picture, picture, new Size(0, 0), 0.3 + (0.9 * random.NextDouble()));
        }

        if (random.Next(4) == 0)
        {
            using var noise = new Mat(picture.Size(), MatType.CV_16SC3);
            var generator = new RNG((ulong)random.NextInt64());
            generator.Fill(noise, DistributionType.Normal, Scalar.All(0), Scalar.All(1 + (8 * random.NextDouble())));
            Cv2.Add(picture, noise, picture, dtype: MatType.CV_8U);
        }

        if (random.Next(4) == 0)
        {
            Cv2.ImEncode(".jpg", picture, out byte[] encoded, new ImageEncodingParam(ImwriteFlags.JpegQuality, random.Next(25, 90)));
            using Mat decoded = Cv2.ImDecode(encoded, ImreadModes.Color);
            decoded.CopyTo(picture);
        }
    }

    private static double Spread(Random random, double reach) => ((2 * random.NextDouble()) - 1) * reach;
}
