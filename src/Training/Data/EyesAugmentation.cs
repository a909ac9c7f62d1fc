using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Makes rendered eyes as bad as those of videos, of imperfect landmarks and of swapped faces.</summary>
internal static class EyesAugmentation
{
    /// <summary>
    /// How a face's eyes are looked for in the wrong place, in widths of an eye and radians. Half of the faces as a mesh network is off on rendered faces above 80 px
    /// (centres spread by .075 both ways, widths by .074 about 1.04, tilt by .024: docs/training.md), half as a swap moves eyes against the source's (7 of 45 px were seen on sample clips).
    /// </summary>
    /// <param name="Turn">Added to the tilt, both eyes alike.</param>
    /// <param name="Shift">Of both eyes, in widths.</param>
    /// <param name="Reach">Spread of each eye's own shift.</param>
    /// <param name="Scale">Factor on the width.</param>
    /// <param name="ScaleReach">Spread of each eye's own factor.</param>
    public readonly record struct Misplacement(double Turn, Vector2 Shift, double Reach, double Scale, double ScaleReach)
    {
        /// <summary>Draws one for a face.</summary>
        public static Misplacement Draw(Random random)
        {
            (double turn, double shift, double reach, double scale) = random.Next(2) == 0 ? (0.05, 0.08, 0.06, 0.08) : (0.025, 0.05, 0.05, 0.05);
            return new(turn * Normal(random), new((float)(shift * Normal(random)), (float)(shift * Normal(random))), reach, 1.03 * Math.Exp(scale * Normal(random)), 0.05);
        }

        /// <summary>Picture pixels to eye picture pixels for an eye that lies at <paramref name="centre"/> and is <paramref name="width"/> px wide.</summary>
        public SimilarityTransform TransformFor(Vector2 centre, float width, double tilt, Random random)
        {
            Vector2 shift = Shift + new Vector2((float)(Reach * Normal(random)), (float)(Reach * Normal(random)));
            return EyesCrop.TransformFor(centre + (shift * width), (float)(width * Scale * Math.Exp(ScaleReach * Normal(random))), tilt + Turn);
        }
    }

    /// <summary>
    /// The head's turn as another network measures it: wrong by a few degrees, and by a share of itself. Yaw and pitch, radians. A mesh is off by 2.5 and 2.8 degrees (spread) with
    /// slopes of .94 and .88 on rendered faces above 80 px.
    /// </summary>
    public static Vector2 Misjudged(Vector2 head, Random random) => new(
        (head.X * (0.97f + (float)Spread(random, 0.1))) + (float)(Normal(random) * 0.044),
        (head.Y * (0.95f + (float)Spread(random, 0.15))) + (float)(Normal(random) * 0.06));

    /// <summary>What camera, codec and generator do to a picture. Both eyes of a face are given the same <paramref name="face"/> stream.</summary>
    /// <param name="eye">Eye picture, BGR, changed in place.</param>
    /// <param name="face">Random numbers that are the same for both eyes.</param>
    /// <param name="own">Random numbers of this eye.</param>
    public static void Degrade(Mat eye, Random face, Random own)
    {
        int width = eye.Cols;
        if (face.NextDouble() < 0.2)
        {
            double sigma = 0.8 + (1.6 * face.NextDouble()), amount = 0.3 + face.NextDouble();
            using var soft = new Mat();
            Cv2.GaussianBlur(eye, soft, new Size(0, 0), sigma);
            Cv2.AddWeighted(eye, 1 + amount, soft, -amount, 0, eye);
        }

        if (face.NextDouble() < 0.4)
        {
            Cv2.GaussianBlur(eye, eye, new Size(0, 0), 0.4 * Math.Exp(1.7 * face.NextDouble()));
        }

        if (face.NextDouble() < 0.08)
        {
            MotionBlur(eye, 3 + (6 * face.NextDouble()), Math.PI * face.NextDouble());
        }

        if (face.NextDouble() < 0.35)
        {
            // Down to an eye of 6 px.
            double scale = Math.Exp(Math.Log(0.2) * face.NextDouble());
            var small = new Size(Math.Max(8, (int)(width * scale)), Math.Max(6, (int)(eye.Rows * scale)));
            InterpolationFlags back = face.Next(2) == 0 ? InterpolationFlags.Linear : InterpolationFlags.Cubic;
            using var reduced = new Mat();
            Cv2.Resize(eye, reduced, small, 0, 0, InterpolationFlags.Area);
            Cv2.Resize(reduced, eye, eye.Size(), 0, 0, back);
        }

        Colour(eye, face, own);
        if (face.NextDouble() < 0.4)
        {
            using var noise = new Mat(eye.Size(), MatType.CV_16SC3);
            double strength = 1 + (9 * face.NextDouble() * face.NextDouble());
            new RNG((ulong)own.NextInt64()).Fill(noise, DistributionType.Normal, Scalar.All(0), Scalar.All(strength));
            Cv2.Add(eye, noise, eye, dtype: MatType.CV_8U);
        }

        if (face.NextDouble() < 0.35)
        {
            Cv2.ImEncode(".jpg", eye, out byte[] bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, 25 + face.Next(70)));
            using Mat decoded = Cv2.ImDecode(bytes, ImreadModes.Color);
            decoded.CopyTo(eye);
        }
    }

    /// <summary>Covers an eye, as hair, a hand or a strong glare does: what is said of it then has to come from the other one.</summary>
    public static void Cover(Mat eye, Random own)
    {
        var centre = new Point(own.Next(eye.Cols), own.Next(eye.Rows));
        var size = new Size(8 + own.Next(eye.Cols / 2), 6 + own.Next(eye.Rows / 2));
        using var patch = new Mat(eye.Size(), MatType.CV_8UC3, new Scalar(own.Next(256), own.Next(256), own.Next(256)));
        using var mask = new Mat(eye.Size(), MatType.CV_8UC1, Scalar.Black);
        Cv2.Ellipse(mask, centre, size, own.Next(180), 0, 360, Scalar.White, -1);
        patch.CopyTo(eye, mask);
    }

    private static void Colour(Mat eye, Random face, Random own)
    {
        // A table for each channel: exposure, white balance, black level, gamma.
        double exposure = Math.Exp(Spread(face, 0.5)), gamma = Math.Exp(Spread(face, 0.35)), black = Spread(face, 25);
        using var table = new Mat(1, 256, MatType.CV_8UC3);
        for (int channel = 0; channel < 3; channel++)
        {
            double gain = exposure * Math.Exp(Spread(face, 0.15));
            for (int i = 0; i < 256; i++)
            {
                Vec3b entry = table.At<Vec3b>(0, i);
                entry[channel] = (byte)Math.Clamp(Math.Round((255 * gain * Math.Pow(i / 255.0, gamma)) + black), 0, 255);
                table.Set(0, i, entry);
            }
        }

        Cv2.LUT(eye, table, eye);
        if (face.NextDouble() < 0.4)
        {
            double saturation = 1.4 * face.NextDouble();
            using var grey = new Mat();
            Cv2.CvtColor(eye, grey, ColorConversionCodes.BGR2GRAY);
            Cv2.CvtColor(grey, grey, ColorConversionCodes.GRAY2BGR);
            Cv2.AddWeighted(eye, saturation, grey, 1 - saturation, 0, eye);
        }

        if (face.NextDouble() < 0.3)
        {
            // Light from one side, 64 levels at most from edge to edge.
            double slope = Spread(face, 64), angle = own.NextDouble() * 2 * Math.PI;
            using var ramp = new Mat(2, 2, MatType.CV_32FC3);
            for (int y = 0; y < 2; y++)
            {
                for (int x = 0; x < 2; x++)
                {
                    float value = (float)(slope * (((x - 0.5) * Math.Cos(angle)) + ((y - 0.5) * Math.Sin(angle))));
                    ramp.Set(y, x, new Vec3f(value, value, value));
                }
            }

            using var light = new Mat();
            Cv2.Resize(ramp, light, eye.Size(), 0, 0, InterpolationFlags.Linear);
            Cv2.Add(eye, light, eye, dtype: MatType.CV_8U);
        }

        if (own.NextDouble() < 0.05)
        {
            // A window mirrored in spectacles.
            using var glare = new Mat(eye.Size(), MatType.CV_8UC3, Scalar.Black);
            int bright = 60 + own.Next(180);
            Cv2.Ellipse(glare, new Point(own.Next(eye.Cols), own.Next(eye.Rows)), new Size(3 + own.Next(16), 2 + own.Next(8)), own.Next(180), 0, 360, Scalar.All(bright), -1);
            Cv2.GaussianBlur(glare, glare, new Size(0, 0), 1.5);
            Cv2.Add(eye, glare, eye);
        }
    }

    private static void MotionBlur(Mat eye, double length, double angle)
    {
        const int side = 11;
        using var kernel = new Mat(side, side, MatType.CV_32FC1, Scalar.All(0));
        Point end = new(side / 2 + (length / 2 * Math.Cos(angle)), side / 2 + (length / 2 * Math.Sin(angle)));
        Cv2.Line(kernel, new Point(side - 1 - end.X, side - 1 - end.Y), end, Scalar.All(1));
        Cv2.Divide(kernel, Scalar.All(Math.Max(1, Cv2.Sum(kernel).Val0)), kernel);
        Cv2.Filter2D(eye, eye, -1, kernel, borderType: BorderTypes.Replicate);
    }

    private static double Spread(Random random, double reach) => ((2 * random.NextDouble()) - 1) * reach;

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
