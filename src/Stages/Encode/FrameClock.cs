using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Encode;

/// <summary>
/// From the frames' own times to those of the live stream. Times are kept as they are; only a range moves its start to 0, and times below 0, which
/// the live stream cannot carry, are lifted there and lowered again by ffmpeg (<see cref="PipeOffsetSeconds"/>).
/// </summary>
internal sealed class FrameClock
{
    private readonly Rational timeBase;
    private readonly long origin;
    private readonly long lift;
    private long last = long.MinValue;
    private long moved;

    /// <summary>Sets the clock by the first frame.</summary>
    public FrameClock(FrameStamp first, double containerStart, TimeRange range)
    {
        timeBase = first.TimeBase;
        origin = range.Start is { } start ? (long)Math.Round((start + containerStart) / timeBase.ToDouble()) : 0;
        lift = Math.Min(0, first.Pts - origin);
    }

    /// <summary>What ffmpeg must add to the live stream's times; 0 or less.</summary>
    public double PipeOffsetSeconds => lift * timeBase.ToDouble();

    /// <summary>What could not be kept.</summary>
    public IReadOnlyList<string> Notes => moved == 0 ? [] : [$"{moved} frames did not come after the one before them and were moved by the least possible time"];

    /// <summary>The frame's time in the live stream. Every frame must come after the one before: encoders refuse anything else.</summary>
    public ulong NextNanoseconds(FrameStamp stamp)
    {
        long ticks = stamp.Pts - origin - lift;
        if (ticks <= last)
        {
            ticks = last + 1;
            moved++;
        }

        last = ticks;
        return (ulong)(((Int128)ticks * timeBase.Numerator * 1_000_000_000 + (timeBase.Denominator / 2)) / timeBase.Denominator);
    }
}
