namespace VideoGaze.Stages.Report.Analysis;

/// <summary>How one person's eyes move in one of the two videos. Degrees and seconds; null where there was too little to say.</summary>
/// <param name="Frames">Frames with a gaze.</param>
/// <param name="YawSpread">Standard deviation of the gaze's yaw.</param>
/// <param name="PitchSpread">Standard deviation of the gaze's pitch.</param>
/// <param name="YawInHeadSpread">Standard deviation of the yaw once the head's is taken out: what the eyes alone do.</param>
/// <param name="PitchInHeadSpread">The same of the pitch.</param>
/// <param name="Jitter">Noise from frame to frame, the larger of yaw and pitch: see docs/gaze-report.md.</param>
/// <param name="Dispersion">Median over windows of a second of the root mean square distance from the window's mean.</param>
/// <param name="Fixations">How many.</param>
/// <param name="FixationSeconds">Mean length.</param>
/// <param name="FixationDispersion">Mean over fixations of the root mean square distance from the fixation's mean.</param>
/// <param name="Saccades">How many.</param>
/// <param name="SaccadesPerMinute">Rate over the frames with a gaze.</param>
/// <param name="SaccadeAmplitude">Mean amplitude.</param>
/// <param name="VelocityThreshold">Degrees a second above which a movement was taken for a saccade.</param>
/// <param name="Blinks">How many.</param>
/// <param name="BlinksPerMinute">Rate over the frames the person was seen in.</param>
/// <param name="BlinkSeconds">Mean length.</param>
public sealed record StreamStatistics(
    int Frames,
    double? YawSpread,
    double? PitchSpread,
    double? YawInHeadSpread,
    double? PitchInHeadSpread,
    double? Jitter,
    double? Dispersion,
    int Fixations,
    double? FixationSeconds,
    double? FixationDispersion,
    int Saccades,
    double? SaccadesPerMinute,
    double? SaccadeAmplitude,
    double? VelocityThreshold,
    int Blinks,
    double? BlinksPerMinute,
    double? BlinkSeconds)
{
    /// <summary>Measures a stream.</summary>
    internal static StreamStatistics Of(GazeSeries series, GazeStream stream, EyeMovements movements, IReadOnlyList<(int First, int Last)> blinks, double frameSeconds)
    {
        int seen = series.Times.Count(float.IsFinite);
        int frames = stream.Yaws.Count(float.IsFinite);
        double minutes = frames * frameSeconds / 60;
        double seenMinutes = seen * frameSeconds / 60;
        return new(
            frames,
            Spread.Round(Spread.Deviation(stream.Yaws)),
            Spread.Round(Spread.Deviation(stream.Pitches)),
            Spread.Round(Spread.Deviation(stream.Yaws.Select((yaw, i) => yaw - series.HeadYaws[i]))),
            Spread.Round(Spread.Deviation(stream.Pitches.Select((pitch, i) => pitch - series.HeadPitches[i]))),
            Spread.Round(Larger(Spread.Jitter(stream.Yaws), Spread.Jitter(stream.Pitches))),
            Spread.Round(WindowDispersion(stream, Math.Max(2, (int)Math.Round(1 / frameSeconds)))),
            movements.Fixations.Count,
            Spread.Round(Spread.Mean([.. movements.Fixations.Select(fixation => (fixation.Last - fixation.First + 1) * frameSeconds)]), 3),
            Spread.Round(Spread.Mean([.. movements.Fixations.Select(fixation => fixation.Dispersion)])),
            movements.Saccades.Count,
            minutes > 0 ? Spread.Round(movements.Saccades.Count / minutes, 1) : null,
            Spread.Round(Spread.Mean([.. movements.Saccades.Select(saccade => saccade.Amplitude)])),
            Spread.Round(movements.Threshold, 1),
            blinks.Count,
            seenMinutes > 0 ? Spread.Round(blinks.Count / seenMinutes, 1) : null,
            Spread.Round(Spread.Mean([.. blinks.Select(blink => (blink.Last - blink.First + 1) * frameSeconds)]), 3));
    }

    /// <summary>Median over whole windows of the distance from the window's mean.</summary>
    private static double? WindowDispersion(GazeStream stream, int window)
    {
        var found = new List<float>();
        for (int start = 0; start + window <= stream.Yaws.Count; start += window)
        {
            float[] yaws = [.. stream.Yaws.Skip(start).Take(window)];
            float[] pitches = [.. stream.Pitches.Skip(start).Take(window)];
            if (Spread.Deviation(yaws) is { } yaw && Spread.Deviation(pitches) is { } pitch)
            {
                found.Add((float)Math.Sqrt((yaw * yaw) + (pitch * pitch)));
            }
        }

        return Spread.Median(found);
    }

    private static double? Larger(double? a, double? b) => a is { } x && b is { } y ? Math.Max(x, y) : a ?? b;
}
