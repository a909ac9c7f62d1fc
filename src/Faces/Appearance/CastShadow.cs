using System.Numerics;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Beside hair that hangs into a face, or a hand before it, lies the shadow that it casts. It is bare skin to whoever looks for what covers it, and taken along it stands as a dark patch where nothing casts it, mirrored onto the other half as well.
/// So dark skin beside something large is left out; brows, lids and lips are dark by nature, and what a thin frame of spectacles casts is thin.
/// </summary>
internal static class CastShadow
{
    // What covers at least this share of the eighth of the side around it is large; fewer are frames, gaps and spots that a mask is wrong about.
    private const float Large = 0.6f;

    // Covered within the face: toward the rim every mask ends.
    private const float Within = 0.9f;

    // Shares of the cheeks' usual brightness: what is darker than the first is shadow, from the second on it is not. (Fringe's limits, .5 and .7, hold where nobody knows what casts it.)
    private const float Shadow = 0.75f, Bare = 0.95f;

    // The means of what covers are a half at its edge and nothing an eighth of the side away; times this the rule holds wholly for half of that way and then fades.
    private const float Nearness = 6;

    /// <summary>Lowers the trust (W) of dark texels beside what covers the face, in place.</summary>
    /// <param name="texels">Of one photo, its light taken away: blue, green, red, and trust.</param>
    /// <param name="covered">Where something is before the skin.</param>
    /// <param name="skin">Where skin belongs, in [0, 1].</param>
    /// <param name="side">Of the texture.</param>
    public static void LeaveOut(Vector4[] texels, bool[] covered, float[] skin, int side)
    {
        if (Array.TrueForAll(covered, one => !one))
        {
            return;
        }

        float[] around = SoftEdges.Softened(Array.ConvertAll(covered, one => one ? 1f : 0), side);
        float[] large = [.. around.Select((share, i) => covered[i] && share > Large && skin[i] > Within ? 1f : 0)];
        if (Array.TrueForAll(large, one => one == 0) || Fringe.UsualOfCheeks(texels, side) is not { } usual)
        {
            return;
        }

        float[] near = SoftEdges.Softened(large, side);
        Vector4[] features = FeatureMaps.Of(side);
        for (int i = 0; i < texels.Length; i++)
        {
            float dark = 1 - Math.Clamp(((Fringe.Brightness(texels[i]) / usual) - Shadow) / (Bare - Shadow), 0, 1);
            texels[i].W *= 1 - (Math.Min(1, Nearness * near[i]) * dark * (1 - Vector4.Dot(features[i], Vector4.One)));
        }
    }
}
