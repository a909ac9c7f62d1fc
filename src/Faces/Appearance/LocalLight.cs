using System.Numerics;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Gives further photos the light of the first one place by place. Where the first one shows nothing (hair, the far side of the face) another one steps in, and its shadows beside the first one's light would be a line on the face.
/// </summary>
internal static class LocalLight
{
    // Light is compared in this many cells a side: fine enough for the shadow under a jaw.
    private const int Cells = 16;

    // Beyond these it is not light.
    private const float LeastGain = 0.4f, MostGain = 2.5f;

    /// <summary>Changes all but the first in place.</summary>
    /// <param name="unrolled">Textures, the one that has the say first: colours, and trust in W.</param>
    /// <param name="side">Of the textures.</param>
    public static void ToFirst(Vector4[][] unrolled, int side)
    {
        Vector4[] wanted = Means(unrolled[0], side);
        foreach (Vector4[] texels in unrolled.Skip(1))
        {
            Vector4[] own = Means(texels, side), gains = [.. wanted.Zip(own, (goal, from) => Vector4.Clamp(goal / Vector4.Max(from, new(1e-3f)), new(LeastGain), new(MostGain)))];
            for (int i = 0; i < texels.Length; i++)
            {
                if (texels[i].W > 0)
                {
                    Vector4 gain = Between(gains, ((i % side) + 0.5f) / side, ((i / side) + 0.5f) / side);
                    texels[i] = Vector4.Min(texels[i] * gain, Vector4.One) with { W = texels[i].W };
                }
            }
        }
    }

    /// <summary>
    /// Means over cells of the skin that is shown, by the cube of trust as colours are. Where a cell shows little of it, or little that is believed, it has the colours around it: a hand must not say how light the skin is,
    /// and a brow that only one photo shows is no shadow.
    /// </summary>
    private static Vector4[] Means(Vector4[] texels, int side)
    {
        var cells = new Vector4[Cells * Cells];
        int[] counts = new int[cells.Length];
        Vector4[] features = FeatureMaps.Of(side);
        for (int i = 0; i < texels.Length; i++)
        {
            int cell = (i / side * Cells / side * Cells) + (i % side * Cells / side);
            float trust = texels[i].W * texels[i].W * texels[i].W * (1 - Vector4.Dot(features[i], Vector4.One));
            cells[cell] += trust * (texels[i] with { W = 1 });
            counts[cell]++;
        }

        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] /= Math.Max(1, counts[i]);
        }

        return TextureFill.Filled(cells, Cells);
    }

    /// <summary>Linear between the cells' centres.</summary>
    private static Vector4 Between(Vector4[] cells, float x, float y)
    {
        (x, y) = (Math.Clamp((x * Cells) - 0.5f, 0, Cells - 1), Math.Clamp((y * Cells) - 0.5f, 0, Cells - 1));
        int left = (int)x, above = (int)y, right = Math.Min(left + 1, Cells - 1), below = Math.Min(above + 1, Cells - 1);
        return Vector4.Lerp(
            Vector4.Lerp(cells[(above * Cells) + left], cells[(above * Cells) + right], x - left),
            Vector4.Lerp(cells[(below * Cells) + left], cells[(below * Cells) + right], x - left),
            y - above);
    }
}
