using System.Numerics;
using OpenCvSharp;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Textures;

/// <summary>An iris unrolled: u around, the top row (v 1) at the pupil, the bottom row at the limbus. Radial fibres, a collarette, a dark outer edge.</summary>
internal static class IrisPainter
{
    private const int Width = 512;
    private const int Height = 128;

    public static Texture Paint(IrisColor color, Random random)
    {
        (Vector3 inner, Vector3 outer) = Colors(color);
        float[] fibres = Fibres(random);
        float[] ragged = Field(random, 20, 1);
        var rgba = new byte[4 * Width * Height];
        for (int i = 0; i < Width * Height; i++)
        {
            float radius = (i / Width) / (Height - 1f);
            float collarette = MathF.Exp(-MathF.Pow((radius - 0.28f - (0.05f * (ragged[i] - 0.5f))) / 0.10f, 2));
            float edge = radius < 0.06f ? 0.6f + (0.4f * radius / 0.06f) : radius > 0.8f ? 1 - (0.3f * (radius - 0.8f) / 0.2f) : 1;
            Vector3 ground = Vector3.Lerp(inner, outer, Math.Clamp((radius - 0.15f) / 0.5f, 0, 1));
            Vector3 painted = Vector3.Clamp(ground * (1 + (0.20f * fibres[i])) * (1 + (0.22f * collarette)) * edge, Vector3.Zero, new(255));
            rgba[4 * i] = (byte)painted.X;
            rgba[(4 * i) + 1] = (byte)painted.Y;
            rgba[(4 * i) + 2] = (byte)painted.Z;
            rgba[(4 * i) + 3] = 255;
        }

        return Texture.Of(rgba, Width, Height);
    }

    // sRGB bytes about the pupil and outside, set by eye.
    private static (Vector3 Inner, Vector3 Outer) Colors(IrisColor color) => color switch
    {
        IrisColor.Brown => (new(92, 54, 28), new(54, 30, 16)),
        IrisColor.DarkBrown => (new(58, 33, 20), new(34, 20, 12)),
        IrisColor.Hazel => (new(128, 92, 48), new(92, 88, 52)),
        IrisColor.Green => (new(120, 118, 70), new(86, 108, 80)),
        IrisColor.Blue => (new(140, 150, 150), new(84, 116, 146)),
        IrisColor.Grey => (new(140, 140, 135), new(104, 114, 122)),
        IrisColor.Amber => (new(150, 98, 42), new(112, 70, 30)),
        _ => throw new ArgumentOutOfRangeException(nameof(color), color, "Not a colour of an iris."),
    };

    // Three octaves of radial strands, mean 0 and deviation 1.
    private static float[] Fibres(Random random)
    {
        float[] fine = Field(random, 160, 3), middle = Field(random, 70, 4), coarse = Field(random, 24, 6);
        var sum = new float[fine.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = (0.5f * fine[i]) + (0.3f * middle[i]) + (0.2f * coarse[i]);
        }

        float mean = sum.Average();
        float deviation = MathF.Sqrt(sum.Average(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(sum, value => (value - mean) / deviation);
    }

    // Random values on columns x rows, smooth between; the last column repeats the first, so that the ring closes.
    private static float[] Field(Random random, int columns, int rows)
    {
        rows = Math.Max(2, rows);
        using var coarse = new Mat(rows, columns + 1, MatType.CV_32FC1);
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                coarse.Set(y, x, random.NextSingle());
            }

            coarse.Set(y, columns, coarse.Get<float>(y, 0));
        }

        using var fine = new Mat();
        Cv2.Resize(coarse, fine, new Size(Width, Height), 0, 0, InterpolationFlags.Cubic);
        fine.GetArray(out float[] field);
        return field;
    }
}
