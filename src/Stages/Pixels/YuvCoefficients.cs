namespace VideoGaze.Stages.Pixels;

/// <summary>
/// The two linear maps between Y'CbCr samples of a depth and range and 8-bit full-range R'G'B', as fixed-point integers.
/// Chroma comes and goes eightfold, because the 4:2:0 filters have weights in eighths: no rounding happens before the one at the end.
/// </summary>
/// <remarks>Kr, Kb and the quantisation are those of ITU-R BT.601-7, BT.709-6 and BT.2020-2 (section "digital representation" of each).</remarks>
internal readonly struct YuvCoefficients
{
    /// <summary>Fraction bits. The largest product is 1023 x 1.17/4 x 2^16 = 1.96e7 in 10 bit, far inside 32 bits.</summary>
    public const int Bits = 16;

    /// <summary>Half a unit, for rounding.</summary>
    public const int Half = 1 << (Bits - 1);

    /// <summary>Creates the maps.</summary>
    /// <param name="color">Matrix and range.</param>
    /// <param name="depth">Significant bits a sample: 8 or 10.</param>
    public YuvCoefficients(ColorSpec color, int depth)
    {
        (double kr, double kb) = color.Matrix switch
        {
            YuvMatrix.Bt601 => (0.299, 0.114),
            YuvMatrix.Bt709 => (0.2126, 0.0722),
            YuvMatrix.Bt2020 => (0.2627, 0.0593),
            _ => throw new ArgumentOutOfRangeException(nameof(color), color.Matrix, "Unknown YUV matrix."),
        };
        double kg = 1 - kr - kb;
        int step = 1 << (depth - 8);

        // Full range spreads over all codes of the depth (H.273 8.3); limited range scales the 8-bit limits.
        double lumaSpan = color.FullRange ? (1 << depth) - 1 : 219 * step;
        double chromaSpan = color.FullRange ? (1 << depth) - 1 : 224 * step;
        LumaZero = color.FullRange ? 0 : 16 * step;
        ChromaZero8 = 8 * (128 * step);
        Max = (1 << depth) - 1;

        ToLuma = Fixed(255 / lumaSpan);
        double fromChroma = 255 / chromaSpan / 8;
        RedFromV = Fixed(2 * (1 - kr) * fromChroma);
        GreenFromU = Fixed(-2 * kb * (1 - kb) / kg * fromChroma);
        GreenFromV = Fixed(-2 * kr * (1 - kr) / kg * fromChroma);
        BlueFromU = Fixed(2 * (1 - kb) * fromChroma);

        double luma = lumaSpan / 255;
        LumaFromRed = Fixed(kr * luma);
        LumaFromBlue = Fixed(kb * luma);
        LumaFromGreen = Fixed(luma) - LumaFromRed - LumaFromBlue;

        // Rows of the chroma matrix add up to exactly 0, so that grey stays grey.
        double chroma = chromaSpan / 255 / 8;
        UFromRed = Fixed(-kr / (2 * (1 - kb)) * chroma);
        UFromBlue = Fixed(0.5 * chroma);
        UFromGreen = -UFromRed - UFromBlue;
        VFromRed = Fixed(0.5 * chroma);
        VFromBlue = Fixed(-kb / (2 * (1 - kr)) * chroma);
        VFromGreen = -VFromRed - VFromBlue;
        ChromaOffset = ((128 * step) << Bits) + Half;
        LumaOffset = (LumaZero << Bits) + Half;
    }

    public int LumaZero { get; }

    /// <summary>Eight times the code of no colour.</summary>
    public int ChromaZero8 { get; }

    /// <summary>Largest code.</summary>
    public int Max { get; }

    public int ToLuma { get; }

    public int RedFromV { get; }

    public int GreenFromU { get; }

    public int GreenFromV { get; }

    public int BlueFromU { get; }

    public int LumaFromRed { get; }

    public int LumaFromGreen { get; }

    public int LumaFromBlue { get; }

    public int UFromRed { get; }

    public int UFromGreen { get; }

    public int UFromBlue { get; }

    public int VFromRed { get; }

    public int VFromGreen { get; }

    public int VFromBlue { get; }

    /// <summary>Zero point and rounding of luma in fixed point.</summary>
    public int LumaOffset { get; }

    /// <summary>Zero point and rounding of chroma in fixed point.</summary>
    public int ChromaOffset { get; }

    private static int Fixed(double value) => (int)Math.Round(value * (1 << Bits));
}
