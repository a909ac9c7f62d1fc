using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Decode;

/// <summary>How a video is read.</summary>
/// <param name="Range">Which frames.</param>
/// <param name="AllowDamaged">Go on where the input is damaged and list the damage, instead of failing.</param>
/// <param name="Seek">Seconds: decoding begins at the key frame at or before this place, and what the range holds before that is left out. Null: far enough ahead of the range that nothing of it is missed.</param>
public sealed record DecodeOptions(TimeRange Range = default, bool AllowDamaged = false, double? Seek = null);
