using System.Numerics;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Gives what no photo shows the colours of what lies around it, by a pyramid of halvings: near a hole's rim what is next to it, in the middle of a large one a mean of its surroundings (push and pull, Gortler
/// et al. 1996). A patch of skin's own colour disturbs less than any other.
/// </summary>
internal static class TextureFill
{
    /// <summary>Every texel with its colours; trust stays as it is.</summary>
    /// <param name="texels">Colours times trust, and trust in [0, 1].</param>
    /// <param name="side">Of the texture.</param>
    public static Vector4[] Filled(Vector4[] texels, int side)
    {
        Vector4[] colours = Pulled(texels, side);
        for (int i = 0; i < colours.Length; i++)
        {
            colours[i].W = texels[i].W;
        }

        return colours;
    }

    private static Vector4[] Pulled(Vector4[] known, int side)
    {
        if (side == 1)
        {
            return [known[0].W > 0 ? known[0] / known[0].W : new(0.5f)];
        }

        int half = (side + 1) / 2;
        var smaller = new Vector4[half * half];
        for (int i = 0; i < known.Length; i++)
        {
            smaller[(i / side / 2 * half) + (i % side / 2)] += known[i];
        }

        for (int i = 0; i < smaller.Length; i++)
        {
            smaller[i] /= Math.Max(1, smaller[i].W);
        }

        Vector4[] coarse = Pulled(smaller, half), filled = new Vector4[known.Length];
        for (int i = 0; i < known.Length; i++)
        {
            filled[i] = known[i] + ((1 - Math.Min(1, known[i].W)) * Between(coarse, half, i % side, i / side));
        }

        return filled;
    }

    /// <summary>Linear between the centres of the coarser texels.</summary>
    /// <param name="coarse">Texels twice as large.</param>
    /// <param name="half">Their number in a row.</param>
    /// <param name="x">Of the finer texel.</param>
    /// <param name="y">Of the finer texel.</param>
    internal static Vector4 Between(Vector4[] coarse, int half, int x, int y)
    {
        int near = x / 2, below = y / 2, beside = Math.Clamp(near + (x % 2 == 0 ? -1 : 1), 0, half - 1), next = Math.Clamp(below + (y % 2 == 0 ? -1 : 1), 0, half - 1);
        return Vector4.Lerp(
            Vector4.Lerp(coarse[(below * half) + near], coarse[(below * half) + beside], 0.25f),
            Vector4.Lerp(coarse[(next * half) + near], coarse[(next * half) + beside], 0.25f),
            0.25f);
    }
}
