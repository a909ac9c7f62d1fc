using System.Numerics;
using OpenCvSharp;

namespace VideoGaze.Performers.Textures;

/// <summary>Noise that is the same for the same seed on every machine.</summary>
internal static class SeededNoise
{
    /// <summary>A standard normal number (Box and Muller, one of the pair).</summary>
    public static float NextGaussian(this Random random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    /// <summary>A number in [from, to).</summary>
    public static float NextSingle(this Random random, float from, float to) => from + ((to - from) * random.NextSingle());

    /// <summary>A square field of standard normal values on a coarse grid, cubic between; row-major.</summary>
    /// <param name="random">Advanced by cells x cells normals.</param>
    /// <param name="cells">Side of the coarse grid.</param>
    /// <param name="size">Side of the field.</param>
    public static float[] Smooth(Random random, int cells, int size)
    {
        using var coarse = new Mat(cells, cells, MatType.CV_32FC1);
        for (int i = 0; i < cells * cells; i++)
        {
            coarse.Set(i / cells, i % cells, random.NextGaussian());
        }

        using var fine = new Mat();
        Cv2.Resize(coarse, fine, new Size(size, size), 0, 0, InterpolationFlags.Cubic);
        fine.GetArray(out float[] field);
        return field;
    }

    /// <summary>Value noise in space, in [0, 1): random values at whole coordinates, smooth between.</summary>
    public static float At(Vector3 point)
    {
        Vector3 cell = new(MathF.Floor(point.X), MathF.Floor(point.Y), MathF.Floor(point.Z));
        Vector3 t = point - cell;
        t = t * t * (new Vector3(3) - (2 * t));
        int x = (int)cell.X, y = (int)cell.Y, z = (int)cell.Z;
        float near = Mix(Mix(Hash(x, y, z), Hash(x + 1, y, z), t.X), Mix(Hash(x, y + 1, z), Hash(x + 1, y + 1, z), t.X), t.Y);
        float far = Mix(Mix(Hash(x, y, z + 1), Hash(x + 1, y, z + 1), t.X), Mix(Hash(x, y + 1, z + 1), Hash(x + 1, y + 1, z + 1), t.X), t.Y);
        return Mix(near, far, t.Z);
    }

    /// <summary>Gradient of <see cref="At"/> by differences of a quarter cell, not divided by it.</summary>
    public static Vector3 Slope(Vector3 point)
    {
        const float Step = 0.25f;
        float here = At(point);
        return new(At(point + (Step * Vector3.UnitX)) - here, At(point + (Step * Vector3.UnitY)) - here, At(point + (Step * Vector3.UnitZ)) - here);
    }

    private static float Mix(float a, float b, float t) => a + (t * (b - a));

    // Multiplicative hash of the three coordinates, 24 bits; the constants are odd numbers without a pattern.
    private static float Hash(int x, int y, int z)
    {
        uint h = ((uint)x * 374761393u) + ((uint)y * 668265263u) + ((uint)z * 2147483647u);
        h = (h ^ (h >> 13)) * 1274126177u;
        return ((h ^ (h >> 16)) & 0xFFFFFF) * (1f / 16777216);
    }
}
