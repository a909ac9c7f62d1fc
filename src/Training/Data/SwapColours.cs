namespace VideoGaze.Training.Data;

/// <summary>
/// Gives the true swap the target's skin colours. A true swap has the other person's colour down to the shoulders; <c>process</c> changes the face alone, which has to go with the
/// neck that stays. So that is what is taught: skin by mean and deviation of each colour, eyes and mouth as they are, and off both faces the target.
/// </summary>
internal static class SwapColours
{
    // Beyond these the spreads are of shadows, beards or brows, not of a colour.
    private const double LeastContrast = 0.6, MostContrast = 1.6;

    // Fewer pixels of skin than this tell nothing (the sum of the masks).
    private const double LeastSkin = 50;

    /// <summary>Changes the truth in place. All planes have the same side; colours are three planes, masks one.</summary>
    /// <param name="truth">The true swap.</param>
    /// <param name="face">Its face.</param>
    /// <param name="eyesAndMouth">Its eyes and mouth.</param>
    /// <param name="target">The target.</param>
    /// <param name="targetFace">The target's face.</param>
    /// <param name="targetEyesAndMouth">The target's eyes and mouth.</param>
    /// <param name="region">Where either has a face, soft at the rim.</param>
    public static void ToTarget(
        Span<float> truth, ReadOnlySpan<float> face, ReadOnlySpan<float> eyesAndMouth, ReadOnlySpan<float> target, ReadOnlySpan<float> targetFace, ReadOnlySpan<float> targetEyesAndMouth, ReadOnlySpan<float> region)
    {
        int area = region.Length;
        for (int colour = 0; colour < 3; colour++)
        {
            Span<float> own = truth.Slice(colour * area, area);
            ReadOnlySpan<float> wanted = target.Slice(colour * area, area);
            var (mean, deviation, skin) = Moments(own, face, eyesAndMouth);
            var (wantedMean, wantedDeviation, wantedSkin) = Moments(wanted, targetFace, targetEyesAndMouth);
            double factor = Math.Clamp(wantedDeviation / Math.Max(deviation, 1e-3), LeastContrast, MostContrast), offset = wantedMean - (mean * factor);
            if (skin < LeastSkin || wantedSkin < LeastSkin)
            {
                (factor, offset) = (1, 0);
            }

            for (int i = 0; i < area; i++)
            {
                float changed = float.Lerp((float)Math.Clamp((own[i] * factor) + offset, 0, 1), own[i], Math.Min(1, eyesAndMouth[i]));
                own[i] = float.Lerp(wanted[i], changed, region[i]);
            }
        }
    }

    private static (double Mean, double Deviation, double Skin) Moments(ReadOnlySpan<float> colour, ReadOnlySpan<float> face, ReadOnlySpan<float> eyesAndMouth)
    {
        double sum = 0, squares = 0, weights = 1e-9;
        for (int i = 0; i < colour.Length; i++)
        {
            double weight = face[i] * (1 - Math.Min(1, eyesAndMouth[i]));
            (sum, squares, weights) = (sum + (weight * colour[i]), squares + (weight * colour[i] * colour[i]), weights + weight);
        }

        double mean = sum / weights;
        return (mean, Math.Sqrt(Math.Max(0, (squares / weights) - (mean * mean))), weights);
    }
}
