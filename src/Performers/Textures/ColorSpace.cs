using System.Numerics;

namespace VideoGaze.Performers.Textures;

/// <summary>The sRGB transfer curve (IEC 61966-2-1), by table where pixels are many.</summary>
internal static class ColorSpace
{
    private const int EncodeSteps = 4096;
    private static readonly float[] DecodeTable = [.. Enumerable.Range(0, 256).Select(code => ToLinear(code / 255f))];

    // One entry more than steps: the last interval needs an upper end.
    private static readonly float[] EncodeTable = [.. Enumerable.Range(0, EncodeSteps + 2).Select(step => FromLinear(step / (float)EncodeSteps))];

    /// <summary>Linear light of each 8-bit code.</summary>
    public static ReadOnlySpan<float> Decode => DecodeTable;

    /// <summary>sRGB in [0, 1] to linear light.</summary>
    public static float ToLinear(float encoded) => encoded <= 0.04045f ? encoded / 12.92f : MathF.Pow((encoded + 0.055f) / 1.055f, 2.4f);

    /// <summary>sRGB in [0, 1] to linear light.</summary>
    public static Vector3 ToLinear(Vector3 encoded) => new(ToLinear(encoded.X), ToLinear(encoded.Y), ToLinear(encoded.Z));

    /// <summary>Linear light in [0, 1] to sRGB; exact.</summary>
    public static float FromLinear(float linear) => linear <= 0.0031308f ? 12.92f * linear : (1.055f * MathF.Pow(linear, 1 / 2.4f)) - 0.055f;

    /// <summary>Linear light, clamped to [0, 1], to sRGB; by table, error below 0.2 of an 8-bit code but for the darkest code.</summary>
    public static float Encode(float linear)
    {
        float at = Math.Clamp(linear, 0, 1) * EncodeSteps;
        int step = (int)at;
        return EncodeTable[step] + ((at - step) * (EncodeTable[step + 1] - EncodeTable[step]));
    }
}
