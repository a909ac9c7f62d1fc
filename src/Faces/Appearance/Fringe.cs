using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// A forehead much darker than the cheeks is not bare: a fringe, its shadow, or the scalp beneath it. Laid onto another forehead it is a dark band, and what evens out light turns what lies between into glare. What hides the skin is
/// left out by the generator's mask as a rule; hair's shadow is skin to it.
/// </summary>
internal static class Fringe
{
    // Shares of the cheeks' usual brightness: what is darker than the first is not skin, from the second on it is. Freckles and creases are above.
    private const float Hidden = 0.5f, Bare = 0.7f;

    // Cheeks that are hardly seen say nothing, nor do black ones.
    private const float LeastTrust = 0.5f, LeastBright = 0.02f;
    private const int LeastSeen = 50;

    private static readonly float BrowLine = ((IEnumerable<int>)[.. MeshTopology.ImageLeftBrow, .. MeshTopology.ImageRightBrow]).Min(point => FaceLayout.Places[point].Y);
    private static readonly float MouthLine = MeshTopology.OuterLips.Min(point => FaceLayout.Places[point].Y);

    /// <summary>Lowers the trust (W) of dark texels above the brows, in place.</summary>
    /// <param name="texels">Of one photo, its light taken away: blue, green, red, and trust.</param>
    /// <param name="side">Of the texture.</param>
    public static void LeaveOut(Vector4[] texels, int side)
    {
        if (UsualOfCheeks(texels, side) is not { } usual)
        {
            return;
        }

        for (int i = 0; i < (int)(BrowLine * side) * side; i++)
        {
            texels[i].W *= Math.Clamp(((Brightness(texels[i]) / usual) - Hidden) / (Bare - Hidden), 0, 1);
        }
    }

    /// <summary>How bright the skin between brows and mouth is as a rule; null where too little of it is seen.</summary>
    internal static float? UsualOfCheeks(Vector4[] texels, int side)
    {
        Vector4[] features = FeatureMaps.Of(side);
        int brows = (int)(BrowLine * side), mouth = (int)(MouthLine * side);
        List<float> cheeks = [];
        for (int i = brows * side; i < mouth * side; i++)
        {
            if (texels[i].W > LeastTrust && features[i] == Vector4.Zero)
            {
                cheeks.Add(Brightness(texels[i]));
            }
        }

        if (cheeks.Count < LeastSeen)
        {
            return null;
        }

        cheeks.Sort();
        return Math.Max(cheeks[cheeks.Count / 2], LeastBright);
    }

    /// <summary>Mean of the three colours.</summary>
    internal static float Brightness(Vector4 texel) => (texel.X + texel.Y + texel.Z) / 3;
}
