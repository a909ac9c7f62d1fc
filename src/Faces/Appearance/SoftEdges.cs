using System.Numerics;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Lets what is known of a face end gradually. A photo ends sharply where a fringe or spectacles begin, and beside that edge lie their shadow and mixed pixels: whatever joins on there shows as a line across the face.
/// </summary>
internal static class SoftEdges
{
    // Shares of the texture's side. Chosen on the standard set together with the mirrored half's weight: 71 % of frames nearer to the true swap without any of it, 75 % with it, and the lines across cheeks and foreheads are gone.
    private const float PhotoReach = 1 / 25f, TrustReach = 1 / 16f;

    // Trust from which on a photo shows a place: what the other photos contradict is trusted by a millionth and not by nothing, and ends as sharply.
    private const float Believed = 0.1f;

    /// <summary>Lowers the trust (W) of a photo's texels in place: 0 at the edge of what it shows, unchanged about a fifteenth of the side within.</summary>
    public static void Fade(Vector4[] texels, int side)
    {
        float[] shown = Means(Array.ConvertAll(texels, texel => texel.W > Believed ? 1f : 0), side, Reach(PhotoReach, side));
        for (int i = 0; i < texels.Length; i++)
        {
            texels[i].W *= Math.Clamp((2 * shown[i]) - 1, 0, 1);
        }
    }

    /// <summary>Trust without steps: a generator paints what is not trusted, and must not start to from one pixel to the next.</summary>
    public static float[] Softened(float[] trust, int side) => Means(trust, side, Reach(TrustReach, side));

    private static int Reach(float share, int side) => Math.Max(1, (int)MathF.Round(share * side));

    /// <summary>Means of means over squares of 2 r + 1: nearly a bell.</summary>
    private static float[] Means(float[] values, int side, int r) =>
        AlongRows(AlongRows(AlongRows(AlongRows(values, side, r), side, r), side, r), side, r);

    /// <summary>Means over 2 r + 1 neighbours in a row, fewer at its ends; turned on its side, so that the next call goes along the columns and two calls turn it back.</summary>
    private static float[] AlongRows(float[] values, int side, int r)
    {
        float[] turned = new float[values.Length];
        for (int y = 0; y < side; y++)
        {
            ReadOnlySpan<float> row = values.AsSpan(y * side, side);
            double sum = 0;
            for (int x = 0; x < Math.Min(r, side); x++)
            {
                sum += row[x];
            }

            for (int x = 0; x < side; x++)
            {
                sum += x + r < side ? row[x + r] : 0;
                sum -= x - r - 1 >= 0 ? row[x - r - 1] : 0;
                turned[(x * side) + y] = (float)(sum / (Math.Min(side - 1, x + r) - Math.Max(0, x - r) + 1));
            }
        }

        return turned;
    }
}
