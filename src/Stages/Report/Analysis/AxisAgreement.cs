namespace VideoGaze.Stages.Report.Analysis;

/// <summary>How one angle of the output follows the source's, once a certain lag is taken out. Degrees.</summary>
/// <param name="Bias">Median of output minus source.</param>
/// <param name="Correlation">Pearson's; null where the source hardly moves.</param>
/// <param name="Slope">Degrees of output for a degree of source (least squares).</param>
/// <param name="InHeadCorrelation">Correlation once the head's own angle is taken out of both: of what the eyes alone do.</param>
public sealed record AxisAgreement(double? Bias, double? Correlation, double? Slope, double? InHeadCorrelation)
{
    // A correlation over fewer pairs or less movement than an estimator's noise says nothing.
    private const int FewestPairs = 30;
    private const double LeastSpread = 1.0;

    /// <summary>Compares an angle in both.</summary>
    /// <param name="source">Degrees a frame, NaN where unknown.</param>
    /// <param name="output">The same of the output.</param>
    /// <param name="head">The source's head.</param>
    /// <param name="late">Frames that the output is late: its head is late as well.</param>
    internal static AxisAgreement Of(IReadOnlyList<float> source, IReadOnlyList<float> output, IReadOnlyList<float> head, int late)
    {
        float[] follower = [.. source.Select((_, i) => i + late >= 0 && i + late < output.Count ? output[i + late] : float.NaN)];
        (double? correlation, double? slope) = Fit(source, follower);
        (double? inHead, _) = Fit([.. source.Select((value, i) => value - head[i])], [.. follower.Select((value, i) => value - head[i])]);
        return new(
            Spread.Round(Spread.Median(source.Select((value, i) => follower[i] - value))),
            Spread.Round(correlation, 3),
            Spread.Round(slope, 3),
            Spread.Round(inHead, 3));
    }

    private static (double? Correlation, double? Slope) Fit(IReadOnlyList<float> source, IReadOnlyList<float> output)
    {
        (float A, float B)[] pairs = [.. source.Zip(output).Where(pair => float.IsFinite(pair.First) && float.IsFinite(pair.Second))];
        if (pairs.Length < FewestPairs)
        {
            return (null, null);
        }

        double a = pairs.Average(pair => pair.A), b = pairs.Average(pair => pair.B);
        double both = pairs.Sum(pair => (pair.A - a) * (pair.B - b));
        double ofA = pairs.Sum(pair => (pair.A - a) * (pair.A - a));
        double ofB = pairs.Sum(pair => (pair.B - b) * (pair.B - b));
        return Math.Sqrt(ofA / pairs.Length) < LeastSpread || ofB <= 0 ? (null, null) : (both / Math.Sqrt(ofA * ofB), both / ofA);
    }
}
