using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Decode;

/// <summary>How a video is read.</summary>
/// <param name="Range">Which frames.</param>
/// <param name="AllowDamaged">Go on where the input is damaged and list the damage, instead of failing.</param>
public sealed record DecodeOptions(TimeRange Range = default, bool AllowDamaged = false);
