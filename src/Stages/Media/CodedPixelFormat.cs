using System.Text.RegularExpressions;

namespace VideoGaze.Stages.Media;

/// <summary>What ffmpeg's name of a pixel format tells: model, chroma resolution, depth, transparency.</summary>
/// <param name="IsYuv">Luma and chroma; else RGB, palette or grey, which ffmpeg turns into YUV.</param>
/// <param name="Is420">Chroma at half size both ways: carried as it is.</param>
/// <param name="BitDepth">Significant bits a sample.</param>
/// <param name="HasAlpha">Carries transparency.</param>
internal sealed partial record CodedPixelFormat(bool IsYuv, bool Is420, int BitDepth, bool HasAlpha)
{
    /// <summary>Reads a name such as <c>yuv422p10le</c>.</summary>
    /// <param name="name">ffmpeg's name.</param>
    /// <param name="statedBits">ffprobe's bits_per_raw_sample, 0 where absent.</param>
    public static CodedPixelFormat Parse(string name, int statedBits)
    {
        bool semiPlanar = SemiPlanar().IsMatch(name);
        bool isYuv = name.StartsWith("yuv", StringComparison.Ordinal) || name is "uyvy422" or "yvyu422" or "uyyvyy411" || semiPlanar;
        Match depth = Depth().Match(name);
        int bits = depth.Success ? int.Parse(depth.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
            : name.StartsWith("rgb48", StringComparison.Ordinal) || name.StartsWith("bgr48", StringComparison.Ordinal)
                || name.StartsWith("rgba64", StringComparison.Ordinal) || name.StartsWith("bgra64", StringComparison.Ordinal) ? 16
            : name.StartsWith("x2", StringComparison.Ordinal) ? 10
            : 8;
        bool is420 = name.StartsWith("yuv420", StringComparison.Ordinal) || name.StartsWith("yuvj420", StringComparison.Ordinal)
            || name.StartsWith("yuva420", StringComparison.Ordinal) || name is "nv12" or "nv21" || name.StartsWith("p01", StringComparison.Ordinal);
        bool alpha = name.StartsWith("yuva", StringComparison.Ordinal) || name.StartsWith("gbrap", StringComparison.Ordinal) || name.StartsWith("ya", StringComparison.Ordinal)
            || name is "rgba" or "bgra" or "argb" or "abgr" or "pal8" || name.StartsWith("rgba64", StringComparison.Ordinal) || name.StartsWith("bgra64", StringComparison.Ordinal);
        return new CodedPixelFormat(isYuv, is420, depth.Success || statedBits == 0 ? bits : Math.Max(bits, Math.Min(statedBits, 16)), alpha);
    }

    [GeneratedRegex(@"^(nv\d+|p[0-4]1[0-6])")]
    private static partial Regex SemiPlanar();

    [GeneratedRegex(@"(?:p|y|gray|^p[0-4]|nv\d)(9|10|12|14|16)(?:le|be)?$")]
    private static partial Regex Depth();
}
