using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Makes the swap recipe's crops as varied as what it will meet.</summary>
internal static class SwapAugmentation
{
    /// <summary>Landmarks of another detector: a few degrees of turn, a few per cent of scale and shift, in crops of <paramref name="side"/> pixels.</summary>
    public static SimilarityTransform Jitter(int side, Random random) =>
        CropWarp.AboutCentre(side, Spread(random, 5), Math.Exp(Spread(random, 0.05)), Spread(random, 0.02), Spread(random, 0.02));

    /// <summary>Exposure and white balance as a factor for each of blue, green and red.</summary>
    public static Scalar Gain(Random random, double reach)
    {
        double exposure = Math.Exp(Spread(random, reach));
        return new(exposure * Math.Exp(Spread(random, reach / 3)), exposure * Math.Exp(Spread(random, reach / 3)), exposure * Math.Exp(Spread(random, reach / 3)));
    }

    /// <summary>What photos suffer: another camera's colours, lost focus and resolution, compression, noise. Each by chance.</summary>
    public static void DegradePhoto(Mat photo, Random random)
    {
        int side = photo.Rows;
        Cv2.Multiply(photo, Gain(random, 0.25), photo);
        if (random.NextDouble() < 0.25)
        {
            Cv2.GaussianBlur(photo, photo, new Size(0, 0), side / 128.0 * (0.3 + (0.9 * random.NextDouble())));
        }

        if (random.NextDouble() < 0.15)
        {
            Cv2.ImEncode(".jpg", photo, out byte[] jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, 30 + random.Next(60)));
            using Mat decoded = Cv2.ImDecode(jpeg, ImreadModes.Color);
            decoded.CopyTo(photo);
        }

        if (random.NextDouble() < 0.15)
        {
            using var noise = new Mat(photo.Size(), MatType.CV_16SC3);
            var generator = new RNG((ulong)random.NextInt64());
            generator.Fill(noise, DistributionType.Normal, Scalar.All(0), Scalar.All(1 + (6 * random.NextDouble())));
            Cv2.Add(photo, noise, photo, dtype: MatType.CV_8U);
        }
    }

    /// <summary>A mesh as it comes out of another frame or another crop: about a per cent of the face's size off as a whole; each point's own error it has already.</summary>
    public static FaceMesh Shaken(FaceMesh mesh, Random random)
    {
        Vector2 left = mesh.At(MeshTopology.ImageLeftEyeOuterCorner), right = mesh.At(MeshTopology.ImageRightEyeOuterCorner), centre = mesh.At(MeshTopology.NoseTip);
        double unit = Vector2.Distance(left, right), scale = Math.Exp(Spread(random, 0.02)), turn = Spread(random, 0.015);
        (double a, double b) = (scale * Math.Cos(turn), scale * Math.Sin(turn));
        return mesh.Transformed(new(
            a, b, centre.X - (a * centre.X) + (b * centre.Y) + Spread(random, 0.015 * unit), centre.Y - (b * centre.X) - (a * centre.Y) + Spread(random, 0.015 * unit)));
    }

    private static double Spread(Random random, double reach) => ((2 * random.NextDouble()) - 1) * reach;
}
