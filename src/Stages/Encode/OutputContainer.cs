using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Encode;

/// <summary>A container that can be written, and what it can hold.</summary>
/// <param name="Extension">With the dot, lower case.</param>
/// <param name="IsMov">MP4 or QuickTime: the time base is the track's own, tags outside the standard set need a flag.</param>
/// <param name="DefaultCodec">ffmpeg encoder where none is asked for.</param>
/// <param name="LosslessAudio">ffmpeg encoder for whole-number samples that the container cannot hold as they are; null: none.</param>
/// <param name="AudioFallback">ffmpeg encoder for other sound that the container cannot hold.</param>
/// <param name="Audio">Codecs of sound that can be copied; null: all.</param>
/// <param name="SubtitleCopies">Codecs of subtitles that can be copied.</param>
/// <param name="TextSubtitles">ffmpeg encoder that other text subtitles are turned into.</param>
internal sealed record OutputContainer(
    string Extension,
    bool IsMov,
    string DefaultCodec,
    string? LosslessAudio,
    string AudioFallback,
    IReadOnlySet<string>? Audio,
    IReadOnlySet<string> SubtitleCopies,
    string TextSubtitles)
{
    /// <summary>How sound of a codec gets in, as ffmpeg's encoder (with its options), "copy" for most.</summary>
    public string AudioCodec(string codec) =>
        Audio?.Contains(codec) ?? true ? "copy"
        // Samples of 16 or 24 bits, packed or not, are the same numbers after the lossless encoder.
        : LosslessAudio is not null && (codec.StartsWith("pcm_s16", StringComparison.Ordinal) || codec.StartsWith("pcm_s24", StringComparison.Ordinal) || codec is "flac") ? LosslessAudio
        : AudioFallback;

    /// <summary>Whether attached files (fonts) can be held.</summary>
    public bool HoldsAttachments => Extension == ".mkv";

    /// <summary>Whether a cover picture can be held.</summary>
    public bool HoldsCover => Extension is ".mkv" or ".mp4";

    /// <summary>Chosen by the output's extension.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.Usage"/>.</exception>
    public static OutputContainer For(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".mp4" or ".m4v" => new(
            ".mp4",
            true,
            "libx264",
            "alac",
            "aac -b:a 256k",
            new HashSet<string> { "aac", "mp3", "mp2", "ac3", "eac3", "dts", "alac", "opus", "flac", "vorbis" },
            new HashSet<string> { "mov_text", "dvd_subtitle" },
            "mov_text"),
        ".mov" => new(
            ".mov",
            true,
            "libx264",
            "alac",
            "aac -b:a 256k",
            new HashSet<string>
            {
                "aac", "mp3", "ac3", "eac3", "alac", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be",
                "pcm_f64le", "pcm_f64be", "pcm_u8", "pcm_s8", "pcm_alaw", "pcm_mulaw", "amr_nb", "amr_wb",
            },
            new HashSet<string> { "mov_text" },
            "mov_text"),
        ".mkv" => new(
            ".mkv",
            false,
            "libx264",
            null,
            "flac",
            null,
            new HashSet<string> { "subrip", "ass", "ssa", "webvtt", "hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle", "hdmv_text_subtitle" },
            "srt"),
        ".webm" => new(".webm", false, "libvpx-vp9", null, "libopus -b:a 192k", new HashSet<string> { "opus", "vorbis" }, new HashSet<string> { "webvtt" }, "webvtt"),
        string other => throw new UserFacingException(
            FailureKind.Usage, $"{path} ends in '{other}', which cannot be written: use .mp4, .mkv, .mov or .webm."),
    };
}
