using System.Numerics;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Posing;

/// <summary>Where cloth ends and skin begins on the bust.</summary>
internal static class Collar
{
    /// <summary>Height above the collar's edge, cm: cloth below 0, skin above.</summary>
    /// <param name="clothes">Collar and V-neck.</param>
    /// <param name="neutral">Point of the neutral head, head frame, cm.</param>
    public static float HeightOver(ClothesLook clothes, Vector3 neutral)
    {
        float edge = neutral.Y - (0.16f * Math.Max(neutral.Z, 0)) - clothes.Collar + (0.04f * MathF.Abs(neutral.X));
        return neutral.Z > 0 ? edge + (clothes.VNeck * Math.Max(0, 3.2f - MathF.Abs(neutral.X))) : edge;
    }

    /// <summary>How far cloth stands off the skin at a vertex, cm, up to 0.28.</summary>
    public static float Thickness(ClothesLook clothes, Vector3 neutral) => 0.28f * Math.Clamp((-HeightOver(clothes, neutral) / 0.5f) + 0.3f, 0, 1);
}
