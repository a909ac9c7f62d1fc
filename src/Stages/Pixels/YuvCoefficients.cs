namespace VideoGaze.Stages.Pixels;

/// <summary>The numbers of one <see cref="ColorSpec"/>: R'G'B' in 0..255 to and from YUV codes at 8-bit scale (16..235 or 0..255).</summary>
/// <param name="Kr">Weight of red in luma (ITU-R BT.601/709/2020).</param>
/// <param name="Kb">Weight of blue in luma.</param>
/// <param name="LumaOffset">Code of black.</param>
/// <param name="LumaScale">Luma codes for each step of R'G'B'.</param>
/// <param name="ChromaScale">Chroma codes for each step of a full-range colour difference.</param>
internal readonly record struct YuvCoefficients(float Kr, float Kb, float LumaOffset, float LumaScale, float ChromaScale)
{
    /// <summary>Fixed-point fraction bits of the integer loops.</summary>
    public const int Bits = 14;

    /// <summary>Weight of green in luma.</summary>
    public float Kg => 1 - Kr - Kb;

    /// <summary>The numbers of a colour specification.</summary>
    public static YuvCoefficients Of(ColorSpec color)
    {
        (float kr, float kb) = color.Matrix switch
        {
            YuvMatrix.Bt601 => (0.299f, 0.114f),
            YuvMatrix.Bt709 => (0.2126f, 0.0722f),
            YuvMatrix.Bt2020 => (0.2627f, 0.0593f),
            _ => throw new ArgumentOutOfRangeException(nameof(color), color.Matrix, "Unknown YUV matrix."),
        };
        return color.FullRange ? new(kr, kb, 0, 1, 1) : new(kr, kb, 16, 219f / 255, 224f / 255);
    }

    /// <summary>A number as fixed point with <see cref="Bits"/> fraction bits.</summary>
    public static int Fixed(float value) => (int)MathF.Round(value * (1 << Bits));
}
