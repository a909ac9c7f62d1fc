using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Encode;

/// <summary>
/// From the frames' own times to those of the output. They are kept as they are, with three exceptions that move the whole file, sound and all, by one
/// amount: a range moves its start to 0; a video that begins below 0 is moved up to 0, because no container written here can begin below it; and one that
/// begins late (a recording off the air counts hours since the transmitter's start) is moved down to 0, lest it begin with hours of nothing.
/// </summary>
internal sealed class FrameClock
{
    // Cameras and editors start within seconds; transport streams anywhere in 26 hours.
    private const double LateStartSeconds = 10;

    private readonly Rational timeBase;
    private readonly long origin;
    private readonly bool movedWhole;
    private long last = long.MinValue;
    private long moved;

    /// <summary>Sets the clock by the first frame.</summary>
    public FrameClock(FrameStamp first, double containerStart, TimeRange range)
    {
        timeBase = first.TimeBase;
        double from = range.Start is { } start ? start + containerStart
            : first.Pts < 0 ? first.Seconds
            : containerStart > LateStartSeconds ? containerStart
            : 0;
        ShiftSeconds = -from;
        origin = (long)Math.Round(from / timeBase.ToDouble());
        movedWhole = range.Start is null && from != 0;
    }

    /// <summary>Seconds that the whole file is moved by.</summary>
    public double ShiftSeconds { get; }

    /// <summary>What could not be kept.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. movedWhole ? [FormattableString.Invariant($"the file's time line was moved by {ShiftSeconds:0.###} s, so that it begins at 0")] : Array.Empty<string>(),
        .. moved > 0 ? [$"{moved} frames did not come after the one before them and were moved by the least possible time"] : Array.Empty<string>(),
    ];

    /// <summary>The frame's time in the output. Every frame must come after the one before: encoders refuse anything else.</summary>
    public ulong NextNanoseconds(FrameStamp stamp)
    {
        long ticks = stamp.Pts - origin;
        if (ticks <= last)
        {
            ticks = last + 1;
            moved++;
        }

        last = ticks;
        return (ulong)(((Int128)ticks * timeBase.Numerator * 1_000_000_000 + (timeBase.Denominator / 2)) / timeBase.Denominator);
    }
}
