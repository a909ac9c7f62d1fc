namespace VideoGaze.Pipeline.Frames;

/// <summary>An exact ratio of two integers, as containers state time bases (1/15360 s a tick) and frame rates (30000/1001).</summary>
/// <param name="Numerator">Upper number.</param>
/// <param name="Denominator">Lower number; never 0 in a valid value.</param>
public readonly record struct Rational(long Numerator, long Denominator)
{
    /// <summary>The ratio as a floating-point number.</summary>
    public double ToDouble() => (double)Numerator / Denominator;

    /// <inheritdoc/>
    public override string ToString() => $"{Numerator}/{Denominator}";
}
