using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Makes the gaze network's training crops as varied as what it will judge.</summary>
internal static class GazeAugmentation
{
    /// <summary>Landmarks of another detector, head turns: a few per cent of shift and scale, a few degrees.</summary>
    public static SimilarityTransform Jitter(int side, Random random) =>
        CropWarp.AboutCentre(side, Spread(random, 6), Math.Exp(Spread(random, 0.06)), Spread(random, 0.02), Spread(random, 0.02));

    /// <summary>What a generator in training shows: blur, lost resolution, wrong colours, noise.</summary>
    public static void Degrade(Mat crop, Random random)
    {
        int side = crop.Rows;
        if (random.NextDouble() < 0.35)
        {
            double sigma = side / 128.0 * (0.3 + (1.3 * random.NextDouble()));
            Cv2.GaussianBlur(crop, crop, new Size(0, 0), sigma);
        }

        if (random.NextDouble() < 0.25)
        {
            int small = random.Next(side / 2, side);
            using var reduced = new Mat();
            Cv2.Resize(crop, reduced, new Size(small, small), 0, 0, InterpolationFlags.Area);
            Cv2.Resize(reduced, crop, new Size(side, side), 0, 0, InterpolationFlags.Linear);
        }

        // A gain and an offset for each channel: exposure, white balance, black level.
        double exposure = Math.Exp(Spread(random, 0.35));
        var gain = new Scalar(exposure * Math.Exp(Spread(random, 0.12)), exposure * Math.Exp(Spread(random, 0.12)), exposure * Math.Exp(Spread(random, 0.12)));
        Cv2.Multiply(crop, gain, crop);
        Cv2.Add(crop, Scalar.All(Spread(random, 20)), crop);
        if (random.NextDouble() < 0.25)
        {
            using var noise = new Mat(crop.Size(), MatType.CV_16SC3);
            var generator = new RNG((ulong)random.NextInt64());
            generator.Fill(noise, DistributionType.Normal, Scalar.All(0), Scalar.All(1 + (7 * random.NextDouble())));
            Cv2.Add(crop, noise, crop, dtype: MatType.CV_8U);
        }
    }

    private static double Spread(Random random, double reach) => ((2 * random.NextDouble()) - 1) * reach;
}
