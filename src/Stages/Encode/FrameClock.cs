using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Encode;

/// <summary>
/// From the frames' own times to those of the output. They are kept as they are, with two exceptions that move the whole file, sound and all, by one
/// amount: a range moves its start to 0, and a video that begins below 0 is moved up to 0, because no container written here can begin below it.
/// </summary>
internal sealed class FrameClock
{
    private readonly Rational timeBase;
    private readonly long origin;
    private long last = long.MinValue;
    private long moved;

    /// <summary>Sets the clock by the first frame.</summary>
    public FrameClock(FrameStamp first, double containerStart, TimeRange range)
    {
        timeBase = first.TimeBase;
        if (range.Start is { } start)
        {
            ShiftSeconds = -(start + containerStart);
            origin = (long)Math.Round(-ShiftSeconds / timeBase.ToDouble());
        }
        else if (first.Pts < 0)
        {
            origin = first.Pts;
            ShiftSeconds = -first.Seconds;
        }
    }

    /// <summary>Seconds that the whole file is moved by.</summary>
    public double ShiftSeconds { get; }

    /// <summary>What could not be kept.</summary>
    public IReadOnlyList<string> Notes => moved == 0 ? [] : [$"{moved} frames did not come after the one before them and were moved by the least possible time"];

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
