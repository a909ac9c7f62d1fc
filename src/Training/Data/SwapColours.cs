namespace VideoGaze.Training.Data;

/// <summary>
/// Gives the true swap the target's skin colours. A true swap has the other person's colour down to the shoulders; <c>process</c> changes the face alone, which has to go with the
/// neck that stays. So that is what is taught: skin by a factor for each colour (brows and beards keep their contrast), eyes and mouth as they are, and off both faces the target.
/// </summary>
internal static class SwapColours
{
    // Between the palest and the darkest skin lie factors of about 4.
    private const double LeastGain = 0.2, MostGain = 5;

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
            var (mean, skin) = Mean(own, face, eyesAndMouth);
            var (wantedMean, wantedSkin) = Mean(wanted, targetFace, targetEyesAndMouth);
            double factor = skin < LeastSkin || wantedSkin < LeastSkin ? 1 : Math.Clamp(wantedMean / Math.Max(mean, 1e-3), LeastGain, MostGain);

            for (int i = 0; i < area; i++)
            {
                float changed = float.Lerp((float)Math.Min(own[i] * factor, 1), own[i], Math.Min(1, eyesAndMouth[i]));
                own[i] = float.Lerp(wanted[i], changed, region[i]);
            }
        }
    }

    private static (double Mean, double Skin) Mean(ReadOnlySpan<float> colour, ReadOnlySpan<float> face, ReadOnlySpan<float> eyesAndMouth)
    {
        double sum = 0, weights = 1e-9;
        for (int i = 0; i < colour.Length; i++)
        {
            double weight = face[i] * (1 - Math.Min(1, eyesAndMouth[i]));
            (sum, weights) = (sum + (weight * colour[i]), weights + weight);
        }

        return (sum / weights, weights);
    }

    /// <summary>Puts somebody else's skin onto a target in place, in the target's colours, but for eyes and mouth.</summary>
    /// <param name="target">Three planes.</param>
    /// <param name="skin">The planes of <see cref="Faces.Appearance.FaceTexture.Draw"/>.</param>
    /// <param name="face">The target's face.</param>
    /// <param name="eyesAndMouth">Its eyes and mouth.</param>
    public static void Disguise(Span<float> target, ReadOnlySpan<float> skin, ReadOnlySpan<float> face, ReadOnlySpan<float> eyesAndMouth)
    {
        int area = face.Length;
        ReadOnlySpan<float> trust = skin.Slice(Faces.Appearance.FaceTexture.TrustPlane * area, area);
        float[] where = new float[area];
        for (int i = 0; i < area; i++)
        {
            // Full skin from a third of full trust on: softer at rims.
            where[i] = face[i] * Math.Min(1, 3 * trust[i]);
        }

        for (int colour = 0; colour < 3; colour++)
        {
            Span<float> own = target.Slice(colour * area, area);
            ReadOnlySpan<float> other = skin.Slice(colour * area, area);
            double gain = Math.Clamp(Mean(own, where, eyesAndMouth).Mean / Math.Max(Mean(other, where, eyesAndMouth).Mean, 1e-3), LeastGain, MostGain);
            for (int i = 0; i < area; i++)
            {
                own[i] = float.Lerp(own[i], (float)Math.Min(1, other[i] * gain), where[i] * (1 - Math.Min(1, eyesAndMouth[i])));
            }
        }
    }
}
