using System.Globalization;

namespace VideoGaze.Stages.Encode;

/// <summary>What the encoders need that differs from one to the next. Pure text.</summary>
internal static class VideoCodec
{
    /// <summary>ffmpeg's encoder for a codec's short name; any other name is taken for an encoder's own.</summary>
    public static string Encoder(string name) => name.ToLowerInvariant() switch
    {
        "h264" or "x264" or "avc" => "libx264",
        "h265" or "x265" or "hevc" => "libx265",
        "vp9" => "libvpx-vp9",
        "av1" => "libsvtav1",
        string other => other,
    };

    /// <summary>Encoders that subsample chroma from pictures of odd size by themselves; the others get a padded picture.</summary>
    public static bool TakesOddSizes(string encoder) => encoder is "ffv1" or "libvpx-vp9" or "libaom-av1";

    /// <summary>Quality and speed options.</summary>
    public static string Options(string encoder, int crf, string preset, bool isMov) => encoder switch
    {
        "libx264" => Invariant($"-crf {crf} -preset {Media.FfmpegArgument.Quote(preset)}"),
        // hvc1: Apple players refuse ffmpeg's default tag hev1.
        "libx265" => Invariant($"-crf {crf} -preset {Media.FfmpegArgument.Quote(preset)} -x265-params log-level=error{(isMov ? " -tag:v:0 hvc1" : string.Empty)}"),
        // Without -b:v 0 libvpx takes crf for a mere upper bound of quality at 200 kb/s.
        "libvpx-vp9" or "libaom-av1" => Invariant($"-crf {crf} -b:v 0 -row-mt 1 -cpu-used 4"),
        "libsvtav1" => Invariant($"-crf {crf}"),
        "ffv1" => "-level 3 -g 1 -slicecrc 1",
        _ => string.Empty,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
