using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace VideoGaze.Performers.Scenes;

/// <summary>Sensor, processing and compression: noise, flicker bands, sharpening, lower resolution, JPEG.</summary>
internal static class CameraElectronics
{
    /// <summary>Finishes a developed picture.</summary>
    /// <param name="developed">sRGB, red first; changed.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="look">The camera.</param>
    /// <param name="random">Noise.</param>
    public static PixelImage Finish(Vector3[] developed, int width, int height, CameraLook look, Random random)
    {
        AddNoise(developed, width, height, look, random);
        using Mat picture = Mat.FromPixelData(height, width, MatType.CV_32FC3, developed);
        if (look.Resolution < 0.99f)
        {
            using var small = new Mat();
            Cv2.Resize(picture, small, new Size(0, 0), look.Resolution, look.Resolution, InterpolationFlags.Area);
            Cv2.Resize(small, picture, new Size(width, height), 0, 0, InterpolationFlags.Cubic);
        }

        if (look.Sharpening > 0.01f)
        {
            using var soft = new Mat();
            Cv2.GaussianBlur(picture, soft, new Size(0, 0), 1.2);
            Cv2.AddWeighted(picture, 1 + look.Sharpening, soft, -look.Sharpening, 0, picture);
        }

        using var bytes = new Mat();
        picture.ConvertTo(bytes, MatType.CV_8UC3, 255);
        Cv2.CvtColor(bytes, bytes, ColorConversionCodes.RGB2BGR);
        if (look.JpegQuality > 0)
        {
            Cv2.ImEncode(".jpg", bytes, out byte[] file, new ImageEncodingParam(ImwriteFlags.JpegQuality, look.JpegQuality));
            using Mat decoded = Cv2.ImDecode(file, ImreadModes.Color);
            decoded.CopyTo(bytes);
        }

        bytes.GetArray(out Vec3b[] pixels);
        return new(width, height, MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray());
    }

    // Noise grows with the light (photons are counted); colour noise is coarser, because a sensor sees each colour at few pixels.
    private static void AddNoise(Vector3[] picture, int width, int height, CameraLook look, Random random)
    {
        if (look.Noise <= 0 && look.Banding <= 0)
        {
            return;
        }

        int coarseWidth = (width + 1) / 2;
        var coarse = new Vector3[coarseWidth * ((height + 1) / 2)];
        float colored = look.Noise * look.ColorNoise * 1.5f, grey = look.Noise;
        for (int i = 0; i < coarse.Length; i++)
        {
            coarse[i] = colored * new Vector3(Triangular(random), Triangular(random), Triangular(random));
        }

        float phase = random.NextSingle() * 6.28f, period = height / (2.5f + (2 * random.NextSingle()));
        for (int i = 0; i < picture.Length; i++)
        {
            int x = i % width, y = i / width;
            Vector3 here = picture[i];
            Vector3 deviation = coarse[(y / 2 * coarseWidth) + (x / 2)] + new Vector3(grey * Triangular(random));
            float band = 1 + (look.Banding * MathF.Sin(phase + (6.28f * y / period)));
            picture[i] = (here + (deviation * (new Vector3(0.5f) + here))) * band;
        }
    }

    // A cheap stand-in for a normal number: the sum of two even ones, scaled to deviation 1.
    private static float Triangular(Random random) => (random.NextSingle() + random.NextSingle() - 1) * 2.449f;
}
