namespace VideoGaze.Stages.Report.Analysis;

/// <summary>Small statistics of values that may be missing (NaN).</summary>
internal static class Spread
{
    /// <summary>Median; null for none.</summary>
    public static double? Median(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Where(float.IsFinite)];
        Array.Sort(sorted);
        return sorted.Length == 0 ? null : ErrorStatistics.Quantile(sorted, 0.5);
    }

    /// <summary>Mean; null for none.</summary>
    public static double? Mean(IReadOnlyList<double> values) => values.Count == 0 ? null : values.Average();

    /// <summary>Standard deviation; null for fewer than two values.</summary>
    public static double? Deviation(IEnumerable<float> values)
    {
        double[] found = [.. values.Where(float.IsFinite)];
        if (found.Length < 2)
        {
            return null;
        }

        double mean = found.Average();
        return Math.Sqrt(found.Sum(value => (value - mean) * (value - mean)) / (found.Length - 1));
    }

    /// <summary>
    /// Noise from one frame to the next. The second difference of white noise of deviation s has deviation s times the root of 6 (1 + 4 + 1), and smooth movement hardly
    /// shows in it; its median makes saccades not count (1.4826: from median absolute value to deviation, normal distribution).
    /// </summary>
    public static double? Jitter(IReadOnlyList<float> values)
    {
        var second = new List<float>();
        for (int i = 2; i < values.Count; i++)
        {
            second.Add(Math.Abs(values[i] - (2 * values[i - 1]) + values[i - 2]));
        }

        return Median(second) * 1.4826 / Math.Sqrt(6);
    }

    /// <summary>Digits that a report of degrees holds.</summary>
    public static double? Round(double? value, int digits = 2) => value is { } some && double.IsFinite(some) ? Math.Round(some, digits) : null;
}
