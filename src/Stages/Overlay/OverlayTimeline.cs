using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Overlay;

/// <summary>Finds the line of a report that belongs to each frame of the output. Frames and lines both go forward; no more than two lines are held.</summary>
internal sealed class OverlayTimeline
{
    // Three quarters of a frame, as a measurement pairs two videos.
    private const double Tolerance = 0.75;

    // Seconds: a still of a second or more is not what the source's frame rate is.
    private const double LongestStep = 1;

    private readonly OverlayPairing pairing;
    private readonly Func<FrameGazeRecord?> read;
    private readonly double frameSeconds;
    private FrameGazeRecord? here;
    private FrameGazeRecord? ahead;
    private double? frameZero;
    private double lineSeconds;

    /// <param name="pairing">How they belong together.</param>
    /// <param name="read">The next line; null after the last.</param>
    /// <param name="frameSeconds">Seconds between the output's frames.</param>
    public OverlayTimeline(OverlayPairing pairing, Func<FrameGazeRecord?> read, double frameSeconds)
    {
        (this.pairing, this.read, this.frameSeconds) = (pairing, read, frameSeconds);
        ahead = read();
        Advance();
        BeginSeconds = here?.Time;
    }

    /// <summary>Time of the first line; null where there is none.</summary>
    public double? BeginSeconds { get; }

    /// <summary>The line of the next frame; null where it has none.</summary>
    public FrameGazeRecord? Next(FrameStamp stamp)
    {
        if (pairing == OverlayPairing.ByOrder)
        {
            FrameGazeRecord? line = here;
            Advance();
            return line;
        }

        frameZero ??= stamp.Seconds;
        double seconds = pairing == OverlayPairing.ByTime ? stamp.Seconds : stamp.Seconds - frameZero.Value + BeginSeconds.GetValueOrDefault();
        while (ahead is not null && Math.Abs(ahead.Time - seconds) <= Math.Abs(here!.Time - seconds))
        {
            Advance();
        }

        double tolerance = pairing == OverlayPairing.ByTime ? frameSeconds / 2 : Tolerance * Math.Max(frameSeconds, lineSeconds);
        return here is not null && Math.Abs(here.Time - seconds) <= tolerance ? here : null;
    }

    private void Advance()
    {
        here = ahead;
        ahead = here is null ? null : read();
        lineSeconds = here is not null && ahead is not null ? Math.Min(ahead.Time - here.Time, LongestStep) : lineSeconds;
    }
}

/// <summary>How the lines of a report belong to the frames of its output.</summary>
internal enum OverlayPairing
{
    /// <summary>One line a frame: a swap, whose output has its input's frames.</summary>
    ByOrder,

    /// <summary>Lines carry the output's own times: a measurement against truth.</summary>
    ByTime,

    /// <summary>Lines carry the source's times: both videos begin together.</summary>
    SinceFirst,
}
