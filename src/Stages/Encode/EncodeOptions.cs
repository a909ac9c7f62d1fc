using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Encode;

/// <summary>How the result is written.</summary>
/// <param name="Codec">An ffmpeg encoder or a codec's short name (h264, h265, vp9, av1, ffv1); null: H.264, in WebM VP9.</param>
/// <param name="Crf">Constant quality as the encoder counts it; 18 is visually lossless in x264, 0 lossless.</param>
/// <param name="Preset">Speed against size as x264 and x265 name it.</param>
/// <param name="Overwrite">Replace an existing output.</param>
/// <param name="Range">Which part of the original's sound and subtitles goes with the frames: the range they were decoded with.</param>
/// <param name="ExtraMetadata">Tags to add to the file (the mark of synthetic media); they win over the original's.</param>
public sealed record EncodeOptions(
    string? Codec = null,
    int Crf = 18,
    string Preset = "medium",
    bool Overwrite = false,
    TimeRange Range = default,
    IReadOnlyDictionary<string, string>? ExtraMetadata = null);
