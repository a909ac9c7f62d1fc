using VideoGaze.Stages.Features;

namespace VideoGaze.Stages.Tests.Features;

public sealed class SpectrumTests
{
    private const int Count = 64;
    private const double Rate = 30;

    [Theory]
    [InlineData(0.9, "0p25_1hz")]
    [InlineData(3, "2_4hz")]
    [InlineData(6, "4_8hz")]
    [InlineData(10, "8_12hz")]
    public void A_planted_oscillation_shows_in_its_band_with_its_variance(double hertz, string expected)
    {
        Spectrum spectrum = Spectrum.Of(Sine(hertz, 2, 0.4), 1 / Rate)!;
        foreach (Band band in Band.All)
        {
            // Half the square of the amplitude, less what the window smears over the band's edge.
            double power = spectrum.Power(band)!.Value;
            if (band.Name == expected)
            {
                Assert.InRange(power, 0.7 * 2, 1.1 * 2);
            }
            else
            {
                Assert.InRange(power, 0, 0.3 * 2);
            }
        }
    }

    [Fact]
    public void What_is_missing_is_bridged_up_to_a_quarter()
    {
        float[] values = Sine(3, 2, 0);
        double whole = Spectrum.Of(values, 1 / Rate)!.Power(new(2, 4))!.Value;
        for (int i = 5; i < Count; i += 5)
        {
            values[i] = float.NaN;
        }

        Assert.Equal(whole, Spectrum.Of(values, 1 / Rate)!.Power(new(2, 4))!.Value, 0.3 * whole);
        values.AsSpan(0, 20).Fill(float.NaN);
        Assert.Null(Spectrum.Of(values, 1 / Rate));
    }

    [Fact]
    public void Gaps_at_the_ends_hold_the_nearest_value()
    {
        float[] values = new float[Count];
        Array.Fill(values, 7);
        values.AsSpan(0, 4).Fill(float.NaN);
        values.AsSpan(Count - 4).Fill(float.NaN);
        Assert.Equal(0, Spectrum.Of(values, 1 / Rate)!.Power(new(0.25, 12))!.Value, 1e-9);
    }

    [Fact]
    public void A_band_beyond_half_the_frame_rate_is_unknown_not_quiet()
    {
        Spectrum spectrum = Spectrum.Of(Sine(3, 2, 0), 1.0 / 15)!;
        Assert.NotNull(spectrum.Power(new(2, 4)));
        Assert.Null(spectrum.Power(new(4, 8)));
        Assert.Null(spectrum.Power(new(8, 12)));
    }

    [Fact]
    public void Eyes_that_move_together_are_coherent_and_eyes_that_do_not_are_not()
    {
        var random = new Random(4);
        float[] noise = Noise(random), other = Noise(random);
        Spectrum left = Spectrum.Of(noise, 1 / Rate)!, same = Spectrum.Of([.. noise.Select(value => 0.5f * value)], 1 / Rate)!, alone = Spectrum.Of(other, 1 / Rate)!;
        Band band = new(2, 12);
        Assert.Equal(1, Spectrum.Coherence(left, same, band)!.Value, 1e-6);
        Assert.Equal(0.5 * left.Power(band)!.Value, Spectrum.CrossPower(left, same, band)!.Value, 1e-6);
        Assert.InRange(Spectrum.Coherence(left, alone, band)!.Value, 0, 0.35);
    }

    private static float[] Sine(double hertz, double amplitude, double phase) =>
        [.. Enumerable.Range(0, Count).Select(i => (float)(5 + (amplitude * Math.Sin((2 * Math.PI * hertz * i / Rate) + phase))))];

    private static float[] Noise(Random random) => [.. Enumerable.Range(0, Count).Select(_ => (float)(random.NextDouble() - 0.5))];
}
