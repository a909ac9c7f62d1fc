using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Score;

/// <summary>Exact statistics of one measure over the frames of a video. Quantiles are linear between neighbours.</summary>
/// <param name="Count">Frames.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Median">0.5 quantile.</param>
/// <param name="P05">0.05 quantile: the bad end of likenesses.</param>
/// <param name="P95">0.95 quantile: the bad end of errors.</param>
public sealed record ScoreStatistics(long Count, double Mean, double Median, double P05, double P95)
{
    // Digits kept: finer than any measure here holds, and a similarity of 1 stays 1.
    private const int Digits = 5;

    /// <summary>Statistics of values; null for none.</summary>
    internal static ScoreStatistics? Of(IReadOnlyList<float> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        float[] sorted = [.. values];
        Array.Sort(sorted);
        double sum = 0;
        foreach (float value in sorted)
        {
            sum += value;
        }

        return new(sorted.Length, Round(sum / sorted.Length), Quantile(0.5), Quantile(0.05), Quantile(0.95));

        double Quantile(double fraction) => Round(ErrorStatistics.Quantile(sorted, fraction));
    }

    /// <summary>Rounds as all numbers of a score are.</summary>
    internal static double Round(double value) => Math.Round(value, Digits);
}
