namespace VideoGaze.Stages.Score;

/// <summary>How an angle that is measured follows the true one: least-squares line through pairs, from running sums.</summary>
internal sealed class LineFit
{
    // Standard deviation of the truth, in degrees, below which a slope says nothing.
    private const double LeastVariation = 2;

    private double x, y, xx, xy, yy;

    /// <summary>Pairs so far.</summary>
    public long Count { get; private set; }

    /// <summary>Mean of measured minus true; 0 for no pair.</summary>
    public double Bias => Count == 0 ? 0 : (y - x) / Count;

    /// <summary>Units measured for a unit of truth; null where the truth hardly varies.</summary>
    public double? Slope => Varies ? Covariance / Variance : null;

    /// <summary>Standard deviation of what the line leaves; null with the slope.</summary>
    public double? Spread => Varies ? Math.Sqrt(Math.Max(0, (yy / Count) - Square(y / Count) - (Square(Covariance) / Variance))) : null;

    private bool Varies => Count > 2 && Variance >= LeastVariation * LeastVariation;

    private double Variance => (xx / Count) - Square(x / Count);

    private double Covariance => (xy / Count) - (x / Count * (y / Count));

    /// <summary>Takes a pair, degrees.</summary>
    public void Add(double truth, double measured)
    {
        x += truth;
        y += measured;
        xx += truth * truth;
        xy += truth * measured;
        yy += measured * measured;
        Count++;
    }

    private static double Square(double value) => value * value;
}
