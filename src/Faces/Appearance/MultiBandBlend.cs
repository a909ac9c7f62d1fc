using System.Numerics;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// One picture of several without a seam where one ends and another takes over: fine detail changes from one texel to the next, colour and light over as many texels as they are coarse (Burt and Adelson 1983). Photos of a person
/// never agree about light, nor about the shadow beside hair; joined texel by texel, each border between two of them is an edge on the face.
/// </summary>
internal static class MultiBandBlend
{
    /// <summary>The weighted mean of the pictures, band by band.</summary>
    /// <param name="pictures">Of side x side texels, colours everywhere: what a picture does not know has to be filled in. W, above 0, is how much a texel is trusted: what is trusted little counts little in the coarser bands.</param>
    /// <param name="weights">For each picture the weight of its texels, from 0 to 1: their ratio at a texel says which picture shows there, their sum how much the texel has to say about the coarse bands around it.</param>
    /// <param name="side">Of the pictures; it is halved while it is even.</param>
    /// <returns>New texels, W without meaning; 0 where nothing weighs anything near or far.</returns>
    public static Vector4[] Of(IReadOnlyList<Vector4[]> pictures, float[][] weights, int side)
    {
        List<Band> bands = [new(side)];
        while (bands[^1].Side % 2 == 0)
        {
            bands.Add(new(bands[^1].Side / 2));
        }

        for (int picture = 0; picture < pictures.Count; picture++)
        {
            if (Array.TrueForAll(weights[picture], weight => weight == 0))
            {
                continue;
            }

            (Vector4[] colours, float[] weight) = (pictures[picture], weights[picture]);
            foreach (Band band in bands)
            {
                if (band == bands[^1])
                {
                    band.Add(colours, weight, coarser: null);
                }
                else
                {
                    Vector4[] halved = Halved(colours, band.Side);
                    band.Add(colours, weight, halved);
                    (colours, weight) = (halved, HalvedAndSpread(weight, band.Side));
                }
            }
        }

        Vector4[]? sum = null;
        for (int level = bands.Count - 1; level >= 0; level--)
        {
            sum = bands[level].Mean(sum);
        }

        return sum!;
    }

    /// <summary>Means over 2 x 2 by trust.</summary>
    private static Vector4[] Halved(Vector4[] colours, int side)
    {
        int half = side / 2;
        var halved = new Vector4[half * half];
        for (int i = 0; i < halved.Length; i++)
        {
            int from = (i / half * 2 * side) + (i % half * 2);
            Vector4 a = colours[from], b = colours[from + 1], c = colours[from + side], d = colours[from + side + 1];
            float trust = a.W + b.W + c.W + d.W;
            halved[i] = (((a.W * a) + (b.W * b) + (c.W * c) + (d.W * d)) / trust) with { W = trust / 4 };
        }

        return halved;
    }

    /// <summary>Means over 4 x 4 instead of 2 x 2: a border that lies between two texels of a coarser band must be soft there, too.</summary>
    private static float[] HalvedAndSpread(float[] weights, int side)
    {
        int half = side / 2;
        float[] rows = new float[half * side], halved = new float[half * half];
        for (int i = 0; i < rows.Length; i++)
        {
            int row = i / half * side, x = i % half * 2;
            rows[i] = (weights[row + Math.Max(0, x - 1)] + weights[row + x] + weights[row + x + 1] + weights[row + Math.Min(side - 1, x + 2)]) / 4;
        }

        for (int i = 0; i < halved.Length; i++)
        {
            int x = i % half, y = i / half * 2;
            halved[i] = (rows[(Math.Max(0, y - 1) * half) + x] + rows[(y * half) + x] + rows[((y + 1) * half) + x] + rows[(Math.Min(side - 1, y + 2) * half) + x]) / 4;
        }

        return halved;
    }

    /// <summary>Weighted sums of what the pictures have at one scale beyond the next coarser one.</summary>
    private sealed class Band(int side)
    {
        private readonly Vector4[] _sums = new Vector4[side * side];
        private readonly float[] _weights = new float[side * side];

        public int Side => side;

        public void Add(Vector4[] colours, float[] weights, Vector4[]? coarser)
        {
            for (int i = 0; i < colours.Length; i++)
            {
                if (weights[i] > 0)
                {
                    _sums[i] += weights[i] * (coarser is null ? colours[i] : colours[i] - TextureFill.Between(coarser, side / 2, i % side, i / side));
                    _weights[i] += weights[i];
                }
            }
        }

        /// <summary>The mean at this scale on top of the coarser ones.</summary>
        public Vector4[] Mean(Vector4[]? coarser)
        {
            var mean = new Vector4[_sums.Length];
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] = (_weights[i] > 0 ? _sums[i] / _weights[i] : Vector4.Zero) + (coarser is null ? Vector4.Zero : TextureFill.Between(coarser, side / 2, i % side, i / side));
            }

            return mean;
        }
    }
}
