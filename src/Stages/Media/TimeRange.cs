using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Media;

/// <summary>
/// Which part of a video is worked on, in seconds from the container's start: all frames whose presentation time t has Start &lt;= t &lt; End.
/// Decode and encode take the same range, so that picture and copied sound are cut alike.
/// </summary>
/// <param name="Start">Seconds; null: from the first frame.</param>
/// <param name="End">Seconds; null: to the last frame.</param>
public readonly record struct TimeRange(double? Start, double? End)
{
    /// <summary>The whole video.</summary>
    public static TimeRange All => default;

    /// <summary>Whether nothing is cut.</summary>
    public bool IsAll => Start is null && End is null;

    /// <summary>
    /// The first tick at or after a time. Seconds given by hand (0.1) have no exact place in most time bases: a frame within a microsecond of the edge counts as on it.
    /// </summary>
    /// <param name="seconds">Seconds from the container's start.</param>
    /// <param name="containerStart">The container's start in seconds.</param>
    /// <param name="timeBase">Seconds a tick.</param>
    internal static long FirstTickAt(double seconds, double containerStart, Rational timeBase) =>
        (long)Math.Ceiling((seconds + containerStart - 1e-6) * timeBase.Denominator / timeBase.Numerator);
}
