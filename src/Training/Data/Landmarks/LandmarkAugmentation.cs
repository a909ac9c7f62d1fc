using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Networks.Landmarks;

namespace VideoGaze.Training.Data.Landmarks;

/// <summary>Makes crops as varied as what a tracker and a detector point the network at.</summary>
internal static class LandmarkAugmentation
{
    // How often a crop is placed wildly: a detector's first guess, a face that jumped.
    private const double Wild = 0.2;

    /// <summary>Turn, scale and shift of a crop of <see cref="LandmarkNetwork.InputSide"/>.</summary>
    public static SimilarityTransform Jitter(Random random) => random.NextDouble() < Wild
        ? CropWarp.AboutCentre(LandmarkNetwork.InputSide, Spread(random, 35), Math.Exp(Spread(random, 0.25)), Spread(random, 0.14), Spread(random, 0.14))
        : CropWarp.AboutCentre(LandmarkNetwork.InputSide, Normal(random, 5), Math.Exp(Normal(random, 0.07)), Normal(random, 0.03), Normal(random, 0.03));

    /// <summary>What cameras, codecs and things before a face do to a crop of <see cref="LandmarkNetwork.Side"/>.</summary>
    /// <param name="crop">BGR.</param>
    /// <param name="random">Of the step.</param>
    /// <param name="cover">Whether a blob may cover a part of the face.</param>
    public static void Degrade(Mat crop, Random random, bool cover)
    {
        int side = crop.Rows;
        if (cover && random.NextDouble() < 0.12)
        {
            var colour = new Scalar(random.Next(256), random.Next(256), random.Next(256));
            var centre = new Point(random.Next(side), random.Next(side));
            var axes = new Size(random.Next(side / 16, side / 5), random.Next(side / 16, side / 4));
            Cv2.Ellipse(crop, centre, axes, random.Next(180), 0, 360, colour, -1, LineTypes.AntiAlias);
        }

        if (random.NextDouble() < 0.2)
        {
            Cv2.GaussianBlur(crop, crop, new Size(0, 0), 0.4 + (1.2 * random.NextDouble()));
        }

        if (random.NextDouble() < 0.15)
        {
            int small = random.Next(side * 3 / 8, side);
            using var reduced = new Mat();
            Cv2.Resize(crop, reduced, new Size(small, small), 0, 0, InterpolationFlags.Area);
            Cv2.Resize(reduced, crop, new Size(side, side), 0, 0, InterpolationFlags.Linear);
        }

        // A gain and an offset for each channel: exposure, white balance, black level. Now and then no colour at all.
        double exposure = Math.Exp(Normal(random, 0.22));
        Cv2.Multiply(crop, new Scalar(exposure * Math.Exp(Normal(random, 0.1)), exposure * Math.Exp(Normal(random, 0.06)), exposure * Math.Exp(Normal(random, 0.1))), crop);
        Cv2.Add(crop, Scalar.All(Normal(random, 12)), crop);
        if (random.NextDouble() < 0.06)
        {
            using var grey = new Mat();
            Cv2.CvtColor(crop, grey, ColorConversionCodes.BGR2GRAY);
            Cv2.CvtColor(grey, crop, ColorConversionCodes.GRAY2BGR);
        }

        if (random.NextDouble() < 0.25)
        {
            using var noise = new Mat(crop.Size(), MatType.CV_16SC3);
            var generator = new RNG((ulong)random.NextInt64());
            generator.Fill(noise, DistributionType.Normal, Scalar.All(0), Scalar.All(1 + (7 * random.NextDouble())));
            Cv2.Add(crop, noise, crop, dtype: MatType.CV_8U);
        }

        if (random.NextDouble() < 0.2)
        {
            Cv2.ImEncode(".jpg", crop, out byte[] bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, random.Next(35, 90)));
            using Mat decoded = Cv2.ImDecode(bytes, ImreadModes.Color);
            decoded.CopyTo(crop);
        }
    }

    /// <summary>A square of the picture that shows nobody, as a transform to the crop; null where none was found in ten tries.</summary>
    public static SimilarityTransform? Nobody(LandmarkSample sample, Random random)
    {
        int width = sample.Picture.Width, height = sample.Picture.Height;
        for (int attempt = 0; attempt < 10; attempt++)
        {
            float side = Math.Min(width, height) * (float)(0.2 + (0.7 * random.NextDouble()));
            var centre = new Vector2(width * random.NextSingle(), height * random.NextSingle());
            var square = new FaceBox(centre.X - (side / 2), centre.Y - (side / 2), side, side);
            if (Array.TrueForAll(sample.Boxes, box => Share(box, square) < 0.3f))
            {
                return MeshCrop.Upright(centre, side, Spread(random, 0.5), LandmarkNetwork.InputSide);
            }
        }

        return null;
    }

    /// <summary>Standard normal times a deviation (Box and Muller), cut at three deviations.</summary>
    internal static double Normal(Random random, double deviation)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Clamp(normal, -3, 3) * deviation;
    }

    /// <summary>Share of the smaller of both that lies in the other.</summary>
    private static float Share(FaceBox face, FaceBox square)
    {
        float width = Math.Min(face.X + face.Width, square.X + square.Width) - Math.Max(face.X, square.X);
        float height = Math.Min(face.Y + face.Height, square.Y + square.Height) - Math.Max(face.Y, square.Y);
        return width <= 0 || height <= 0 ? 0 : width * height / Math.Min(face.Area, square.Area);
    }

    private static double Spread(Random random, double reach) => ((2 * random.NextDouble()) - 1) * reach;
}
