namespace VideoGaze.Stages.Features;

/// <summary>A band of frequencies.</summary>
/// <param name="Low">Hertz, included.</param>
/// <param name="High">Hertz, not included.</param>
internal readonly record struct Band(double Low, double High)
{
    /// <summary>The bands of all spectral features: slow drift of head and gaze, glances, blinks and quick glances, tremor of landmarks, what changes every few frames.</summary>
    public static IReadOnlyList<Band> All { get; } = [new(0.25, 1), new(1, 2), new(2, 4), new(4, 8), new(8, 12)];

    /// <summary>As columns name it: <c>1_2hz</c>.</summary>
    public string Name => FormattableString.Invariant($"{Low:0.##}_{High:0.##}hz").Replace('.', 'p');
}

/// <summary>
/// Spectrum of one signal over a window: mean taken out, Hann's window, power so scaled that the sum over all bins is the signal's variance. Gaps are filled by straight lines between what
/// is known; where more than a quarter is missing there is no spectrum.
/// </summary>
internal sealed class Spectrum
{
    private const double MostMissing = 0.25;

    private readonly (double Real, double Imaginary)[] bins;
    private readonly double hertzPerBin;

    private Spectrum((double Real, double Imaginary)[] bins, double hertzPerBin)
    {
        this.bins = bins;
        this.hertzPerBin = hertzPerBin;
    }

    /// <summary>Computes it; null where too much is missing.</summary>
    /// <param name="values">A value a frame, NaN where unknown.</param>
    /// <param name="frameSeconds">Seconds between frames.</param>
    public static Spectrum? Of(IReadOnlyList<float> values, double frameSeconds)
    {
        int count = values.Count;
        if (count < 8 || Fill(values) is not { } filled)
        {
            return null;
        }

        double mean = filled.Average();
        double[] window = new double[count];
        double energy = 0;
        for (int i = 0; i < count; i++)
        {
            window[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / count));
            energy += window[i] * window[i];
        }

        // Both halves of the spectrum of a real signal are the same: all power is given to the positive frequencies.
        double scale = Math.Sqrt(2 / (energy * count));
        var bins = new (double, double)[(count / 2) + 1];
        for (int k = 1; k < bins.Length; k++)
        {
            double real = 0, imaginary = 0;
            for (int i = 0; i < count; i++)
            {
                double value = window[i] * (filled[i] - mean);
                double angle = 2 * Math.PI * k * i / count;
                real += value * Math.Cos(angle);
                imaginary -= value * Math.Sin(angle);
            }

            bins[k] = (real * scale, imaginary * scale);
        }

        return new(bins, 1 / (count * frameSeconds));
    }

    /// <summary>Variance of the signal in a band; null where the band lies beyond half the frame rate.</summary>
    public double? Power(Band band) => Bins(band) is { Count: > 0 } inside ? inside.Sum(k => Square(bins[k])) : null;

    /// <summary>How constant the relation of two signals is over a band's bins, 0 to 1; null for fewer than two bins.</summary>
    public static double? Coherence(Spectrum a, Spectrum b, Band band)
    {
        if (a.Bins(band) is not { Count: > 1 } inside)
        {
            return null;
        }

        (double real, double imaginary) = Cross(a, b, inside);
        double own = inside.Sum(k => Square(a.bins[k])) * inside.Sum(k => Square(b.bins[k]));
        return own > 0 ? ((real * real) + (imaginary * imaginary)) / own : null;
    }

    /// <summary>Size of the cross-spectrum of two signals in a band; null where the band lies beyond half the frame rate.</summary>
    public static double? CrossPower(Spectrum a, Spectrum b, Band band)
    {
        if (a.Bins(band) is not { Count: > 0 } inside)
        {
            return null;
        }

        (double real, double imaginary) = Cross(a, b, inside);
        return Math.Sqrt((real * real) + (imaginary * imaginary));
    }

    private static double Square((double Real, double Imaginary) bin) => (bin.Real * bin.Real) + (bin.Imaginary * bin.Imaginary);

    private static (double Real, double Imaginary) Cross(Spectrum a, Spectrum b, List<int> inside) => (
        inside.Sum(k => (a.bins[k].Real * b.bins[k].Real) + (a.bins[k].Imaginary * b.bins[k].Imaginary)),
        inside.Sum(k => (a.bins[k].Imaginary * b.bins[k].Real) - (a.bins[k].Real * b.bins[k].Imaginary)));

    private List<int> Bins(Band band)
    {
        List<int> inside = [];
        for (int k = 1; k < bins.Length; k++)
        {
            double hertz = k * hertzPerBin;
            if (hertz >= band.Low && hertz < band.High)
            {
                inside.Add(k);
            }
        }

        // A band that the frame rate cuts off would look quieter than it is.
        return band.High > (bins.Length - 0.5) * hertzPerBin ? [] : inside;
    }

    private static double[]? Fill(IReadOnlyList<float> values)
    {
        int[] known = [.. Enumerable.Range(0, values.Count).Where(i => float.IsFinite(values[i]))];
        if (known.Length < (1 - MostMissing) * values.Count)
        {
            return null;
        }

        double[] filled = new double[values.Count];
        for (int i = 0, next = 0; i < filled.Length; i++)
        {
            while (next < known.Length && known[next] < i)
            {
                next++;
            }

            int after = known[Math.Min(next, known.Length - 1)], before = known[Math.Max(Math.Min(next, known.Length) - 1, 0)];
            filled[i] = after == i ? values[i]
                : next == 0 || next == known.Length ? values[next == 0 ? after : known[^1]]
                : values[before] + ((values[after] - values[before]) * (i - before) / (double)(after - before));
        }

        return filled;
    }
}
