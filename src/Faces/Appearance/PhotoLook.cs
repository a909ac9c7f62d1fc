using System.Numerics;

namespace VideoGaze.Faces.Appearance;

/// <summary>How well a photo, unrolled, shows a face.</summary>
/// <param name="Seen">How much of the face is shown from the front and as the others show it: the sum of trust.</param>
/// <param name="Edges">Of brows, lips and nostrils: the steps across two texels that 5 % exceed, over the light there. A photo out of focus has weak ones.</param>
/// <param name="Cleanness">Edges over what most texels differ by from their four neighbours. Skin is smooth from texel to texel; grain and the blocks of a compressed photo are not, and as skin they are a rash.
/// Rendered photos: 30 to 50 clean, 10 to 20 grainy.</param>
internal readonly record struct PhotoLook(float Seen, float Edges, float Cleanness)
{
    private const float EdgeShare = 0.95f, LeastLight = 0.02f;

    /// <summary>Looks at a texture.</summary>
    /// <param name="texels">Blue, green, red, and trust.</param>
    /// <param name="side">Of the texture.</param>
    public static PhotoLook Of(Vector4[] texels, int side)
    {
        List<float> steps = [], grains = [];
        float seen = 0;
        for (int i = side; i < texels.Length - side; i++)
        {
            Vector4 here = texels[i], left = texels[i - 1], right = texels[i + 1], above = texels[i - side], below = texels[i + side];
            seen += here.W;
            if (Math.Min(Math.Min(here.W, left.W), Math.Min(right.W, Math.Min(above.W, below.W))) > 0)
            {
                float light = Math.Max(here.Y, LeastLight);
                steps.Add((Math.Abs(right.Y - left.Y) + Math.Abs(below.Y - above.Y)) / light);
                grains.Add(Math.Abs((4 * here.Y) - left.Y - right.Y - above.Y - below.Y) / light);
            }
        }

        if (steps.Count == 0)
        {
            return new(seen, 0, 0);
        }

        steps.Sort();
        grains.Sort();
        float edges = steps[(int)(EdgeShare * (steps.Count - 1))];
        return new(seen, edges, edges / Math.Max(grains[grains.Count / 2], 1e-4f));
    }
}
