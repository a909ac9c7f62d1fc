using System.Text.Json.Serialization;

namespace VideoGaze.Stages.Report.Analysis;

/// <summary>How far the output runs behind the source.</summary>
/// <param name="Frames">Frames; &gt; 0: the output is late. Parts of a frame come from a parabola through the best three.</param>
/// <param name="Seconds">The same in seconds.</param>
/// <param name="Correlation">Correlation of both gaze directions at that lag.</param>
/// <param name="CorrelationAtZero">The same without any lag.</param>
public sealed record LagStatistics(double Frames, double Seconds, double Correlation, double CorrelationAtZero)
{
    // Below three quarters of a frame, or without a clear gain, it is the estimator's noise.
    private const double LeastFrames = 0.75;
    private const double LeastGain = 0.02;
    private const double LeastCorrelation = 0.5;

    /// <summary>Whether the lag is large and clear enough to be taken for one.</summary>
    [JsonIgnore]
    public bool IsCertain => Math.Abs(Frames) >= LeastFrames && Correlation >= LeastCorrelation && Correlation - CorrelationAtZero >= LeastGain;
}

/// <summary>Finds the lag at which two gaze directions correlate best.</summary>
internal static class LagEstimate
{
    // Half a second to either side at 30 frames a second: more is not a delay but another clip.
    private const double LongestSeconds = 0.5;

    // Fewer pairs, or a gaze that moves less than the estimator's noise, correlate by chance.
    private const int FewestPairs = 30;
    private const double LeastSpread = 1.0;

    /// <summary>The lag; null where the gaze hardly moves or there is too little of it.</summary>
    public static LagStatistics? Of(GazeStream source, GazeStream output, double frameSeconds)
    {
        double moves = Math.Max(Spread.Deviation(source.Yaws) ?? 0, Spread.Deviation(source.Pitches) ?? 0);
        if (moves < LeastSpread)
        {
            return null;
        }

        int longest = Math.Max(2, (int)Math.Round(LongestSeconds / frameSeconds));
        double?[] found = new double?[(2 * longest) + 1];
        for (int lag = -longest; lag <= longest; lag++)
        {
            found[lag + longest] = Correlation(source, output, lag);
        }

        if (found[longest] is not { } atZero)
        {
            return null;
        }

        int best = longest;
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] > found[best])
            {
                best = i;
            }
        }

        double lagFrames = best - longest;
        if (best > 0 && best < found.Length - 1 && found[best - 1] is { } left && found[best + 1] is { } right && found[best] is { } top)
        {
            double curve = left - (2 * top) + right;
            lagFrames += curve < 0 ? Math.Clamp(0.5 * (left - right) / curve, -0.5, 0.5) : 0;
        }

        return new(Math.Round(lagFrames, 2), Math.Round(lagFrames * frameSeconds, 4), Math.Round(found[best]!.Value, 4), Math.Round(atZero, 4));
    }

    /// <summary>Correlation of both axes together, each taken from its mean over the pairs there are.</summary>
    private static double? Correlation(GazeStream source, GazeStream output, int lag)
    {
        double count = 0, sx = 0, sy = 0, ox = 0, oy = 0;
        int from = Math.Max(0, -lag);
        int to = Math.Min(source.Yaws.Count, output.Yaws.Count - lag);
        for (int i = from; i < to; i++)
        {
            if (Pair(source, output, i, lag))
            {
                count++;
                sx += source.Yaws[i];
                sy += source.Pitches[i];
                ox += output.Yaws[i + lag];
                oy += output.Pitches[i + lag];
            }
        }

        if (count < FewestPairs)
        {
            return null;
        }

        (sx, sy, ox, oy) = (sx / count, sy / count, ox / count, oy / count);
        double both = 0, ofSource = 0, ofOutput = 0;
        for (int i = from; i < to; i++)
        {
            if (Pair(source, output, i, lag))
            {
                double ax = source.Yaws[i] - sx, ay = source.Pitches[i] - sy;
                double bx = output.Yaws[i + lag] - ox, by = output.Pitches[i + lag] - oy;
                both += (ax * bx) + (ay * by);
                ofSource += (ax * ax) + (ay * ay);
                ofOutput += (bx * bx) + (by * by);
            }
        }

        return ofSource > 0 && ofOutput > 0 ? both / Math.Sqrt(ofSource * ofOutput) : null;
    }

    private static bool Pair(GazeStream source, GazeStream output, int place, int lag) =>
        float.IsFinite(source.Yaws[place]) && float.IsFinite(output.Yaws[place + lag]);
}
