using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Of three or more photos, takes trust from what the others do not show: a hand before the mouth, a strand of hair, a tongue, a hard shadow. Without it the sharpest photo wins, and fingers are sharp.
/// </summary>
internal static class PhotoAgreement
{
    // Two photos that differ do not say which is right.
    private const int Least = 3;

    // Compared are means over squares of an eighth of the texture's side: smaller ones would make patchwork of several photos, for every fold a different one.
    private const int Cells = 16;

    // A difference from the median of this share of it halves the trust (2 to the power of minus its fourth power: what is near loses nothing): light from another side differs by less, a hand by more.
    private const float Usual = 0.3f;

    // Lenses mirror in smaller patches than hands are. Around the eyes, means over squares of a 24th of the side are compared with those over a fifth, so that light from another side is none; what is brighter than in most photos by
    // this share is trusted by half. (Without that comparison the darkest of eight photos won, and eyes had rings. Of the whole face it took the skin's own highlights.)
    private const int GlareCells = 48, AroundCells = 10, EdgeCells = 256;
    private const float Glare = 0.25f, LeastRatio = 0.06f;

    // Brows are left out: where they lie otherwise in one photo the skin beside them stands out, and brows pieced together from several photos show.
    private static readonly float EyeLine = ((IEnumerable<int>)[.. MeshTopology.ImageLeftEye, .. MeshTopology.ImageRightEye]).Min(point => FaceLayout.Places[point].Y);

    // A texel that differs from the first photo's by this share of it counts half: pores and grain differ by less, a brow that lies elsewhere by more.
    private const float Other = 0.4f;

    /// <summary>Lowers the trust (W) of texels in place.</summary>
    /// <param name="unrolled">The photos' textures in the same light.</param>
    /// <param name="side">Of the textures.</param>
    public static void Weigh(Vector4[][] unrolled, int side)
    {
        if (unrolled.Length < Least)
        {
            return;
        }

        LeaveGlareOut(unrolled, side);
        Vector4[][] means = [.. unrolled.Select(texels => Blurred(texels, side, Math.Max(1, side / Cells)))];
        var seen = new List<float>(unrolled.Length);
        for (int i = 0; i < side * side; i++)
        {
            Vector3 median = new(Median(0), Median(1), Median(2));
            if (seen.Count < Least)
            {
                continue;
            }

            for (int photo = 0; photo < unrolled.Length; photo++)
            {
                if (unrolled[photo][i].W > 0)
                {
                    Vector3 gap = means[photo][i].AsVector3() - median;
                    float share = gap.Length() / (Usual * Math.Max(median.Length(), 0.05f));
                    unrolled[photo][i].W *= MathF.Pow(2, -share * share * share * share);
                }
            }

            float Median(int colour)
            {
                seen.Clear();
                foreach (Vector4[] mean in means)
                {
                    if (mean[i].W > 0)
                    {
                        seen.Add(mean[i][colour]);
                    }
                }

                seen.Sort();
                return seen.Count > 0 ? seen[seen.Count / 2] : 0;
            }
        }
    }

    /// <summary>
    /// Lowers the trust (W) of further photos where they show something else than the first one, as far as that one is trusted there: what is left may be blended without becoming a blur.
    /// </summary>
    /// <param name="ordered">The photos' textures in the same light place by place, the one that has the say first.</param>
    public static void WithFirst(Vector4[][] ordered)
    {
        Vector4[] first = ordered[0];
        foreach (Vector4[] texels in ordered.Skip(1))
        {
            for (int i = 0; i < texels.Length; i++)
            {
                Vector3 wanted = first[i].AsVector3();
                float share = (texels[i].AsVector3() - wanted).Length() / (Other * Math.Max(wanted.Length(), 0.05f));
                texels[i].W *= 1 - first[i].W + (first[i].W / (1 + (share * share * share * share)));
            }
        }
    }

    /// <summary>Around and below the eyes, takes trust from what stands out as brighter in one photo than in most.</summary>
    private static void LeaveGlareOut(Vector4[][] unrolled, int side)
    {
        float[][] standingOut = [.. unrolled.Select(texels => StandingOut(texels, side))];
        float[][] glare = [.. unrolled.Select(_ => new float[side * side])];
        Vector4[] features = FeatureMaps.Of(side);
        var seen = new List<float>(unrolled.Length);
        for (int i = (int)(EyeLine * side) * side; i < side * side; i++)
        {
            float eyes = features[i].X + features[i].Y;
            if (eyes == 0)
            {
                continue;
            }

            seen.Clear();
            seen.AddRange(standingOut.Where((_, photo) => unrolled[photo][i].W > 0).Select(photo => photo[i]));
            if (seen.Count < Least)
            {
                continue;
            }

            seen.Sort();
            float median = Math.Max(seen[(seen.Count - 1) / 2], LeastRatio);
            for (int photo = 0; photo < unrolled.Length; photo++)
            {
                glare[photo][i] = MathF.Pow(eyes, 0.25f) * Math.Max(0, (standingOut[photo][i] - median) / (Glare * median));
            }
        }

        // A mean over a square sees half of what is bright at its edge; the edge itself has to go, too. One texel at 256: two leave out more skin around the eyes than glare (a frame or two of the standard set).
        for (int photo = 0; photo < unrolled.Length; photo++)
        {
            float[] most = MostAround(glare[photo], side, Math.Max(1, side / EdgeCells));
            for (int i = 0; i < most.Length; i++)
            {
                // Nothing shines on most of the face.
                unrolled[photo][i].W *= most[i] > 0 ? MathF.Pow(2, -most[i] * most[i] * most[i] * most[i]) : 1;
            }
        }
    }

    /// <summary>The greatest value in a square of 2 r + 1.</summary>
    private static float[] MostAround(float[] values, int side, int r)
    {
        float[] rows = new float[values.Length], most = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int x = i % side;
            for (int k = i - Math.Min(x, r); k <= i + Math.Min(side - 1 - x, r); k++)
            {
                rows[i] = Math.Max(rows[i], values[k]);
            }
        }

        for (int i = 0; i < values.Length; i++)
        {
            int x = i % side, y = i / side;
            for (int k = Math.Max(0, y - r); k <= Math.Min(side - 1, y + r); k++)
            {
                most[i] = Math.Max(most[i], rows[(k * side) + x]);
            }
        }

        return most;
    }

    /// <summary>Brightness beside what lies around, as a ratio; 0 where nothing is known.</summary>
    private static float[] StandingOut(Vector4[] texels, int side)
    {
        Vector4[] near = Blurred(texels, side, Math.Max(1, side / GlareCells)), around = Blurred(texels, side, Math.Max(1, side / AroundCells));
        return [.. near.Select((mean, i) => mean.W > 0 ? Fringe.Brightness(mean) / Math.Max(Fringe.Brightness(around[i]), 0.03f) : 0)];
    }

    /// <summary>Means over squares of 2 r + 1, of what is known; W tells whether the middle is.</summary>
    private static Vector4[] Blurred(Vector4[] texels, int side, int r)
    {
        Vector4[] rows = new Vector4[texels.Length], blurred = new Vector4[texels.Length];
        for (int i = 0; i < texels.Length; i++)
        {
            int x = i % side, row = i - x;
            Vector4 sum = Vector4.Zero;
            for (int k = Math.Max(0, x - r); k <= Math.Min(side - 1, x + r); k++)
            {
                Vector4 texel = texels[row + k];
                sum += texel.W > 0 ? texel with { W = 1 } : Vector4.Zero;
            }

            rows[i] = sum;
        }

        for (int i = 0; i < texels.Length; i++)
        {
            if (texels[i].W > 0)
            {
                int y = i / side, x = i % side;
                Vector4 sum = Vector4.Zero;
                for (int k = Math.Max(0, y - r); k <= Math.Min(side - 1, y + r); k++)
                {
                    sum += rows[(k * side) + x];
                }

                blurred[i] = sum / sum.W;
            }
        }

        return blurred;
    }
}
