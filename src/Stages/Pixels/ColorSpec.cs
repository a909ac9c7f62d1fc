namespace VideoGaze.Stages.Pixels;

/// <summary>Which coefficients turn YUV into RGB.</summary>
public enum YuvMatrix
{
    /// <summary>ITU-R BT.601: standard definition and most pictures converted from RGB by ffmpeg.</summary>
    Bt601,

    /// <summary>ITU-R BT.709: high definition.</summary>
    Bt709,

    /// <summary>ITU-R BT.2020 with non-constant luminance.</summary>
    Bt2020,
}

/// <summary>How YUV samples are to be read.</summary>
/// <param name="Matrix">Coefficients.</param>
/// <param name="FullRange">True: 0..255. False: luma 16..235, chroma 16..240 (times 4 in 10 bit).</param>
public readonly record struct ColorSpec(YuvMatrix Matrix, bool FullRange);
