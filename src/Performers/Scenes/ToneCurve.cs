using System.Numerics;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Scenes;

/// <summary>From scene light to what a camera's picture shows: a curve with a soft shoulder, then sRGB.</summary>
internal static class ToneCurve
{
    /// <summary>Develops exposed linear light.</summary>
    public static Vector3 Apply(Vector3 light) => new(Apply(light.X), Apply(light.Y), Apply(light.Z));

    /// <summary>Develops one channel: x (1 + x/6) / (1 + 0.55 x), which lifts shadows against the shoulder and reaches white at about 2.5.</summary>
    public static float Apply(float light)
    {
        float x = Math.Max(light, 0);
        return ColorSpace.Encode(x * (1 + (x / 6)) / (1 + (x * 0.55f)));
    }

    /// <summary>The light that the curve shows as an sRGB value; values above 1 give lights brighter than white.</summary>
    public static float Invert(float encoded)
    {
        float shown = ColorSpace.ToLinear(Math.Max(encoded, 0));

        // x^2/6 + (1 - 0.55 t) x - t = 0.
        float b = 1 - (0.55f * shown);
        return (MathF.Sqrt((b * b) + (4 * shown / 6)) - b) * 3;
    }
}
