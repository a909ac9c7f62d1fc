namespace VideoGaze.Pipeline.Frames;

/// <summary>
/// Which frame this is and when it is shown. It comes from the container and is never recomputed downstream:
/// that is what keeps a variable-frame-rate file variable.
/// </summary>
/// <param name="Index">Position among the frames of this run, from 0, without gaps.</param>
/// <param name="Pts">Presentation time in ticks of <paramref name="TimeBase"/>, as the container states it; may be negative.</param>
/// <param name="TimeBase">Seconds a tick.</param>
public readonly record struct FrameStamp(long Index, long Pts, Rational TimeBase)
{
    /// <summary>Presentation time in seconds.</summary>
    public double Seconds => Pts * TimeBase.ToDouble();
}
