namespace VideoGaze.Performers.Directing;

/// <summary>How loud a voice is over time, from 0 (silent) over 1 (its loud parts) to 1.2: what opens a speaker's mouth.</summary>
public sealed class Loudness
{
    // Windows a second: a syllable takes about 200 ms, lips follow within a frame.
    private const int WindowsPerSecond = 30;

    private readonly float[] values;

    private Loudness(float[] values) => this.values = values;

    /// <summary>Measures sound.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="samplesPerSecond">Rate.</param>
    public static Loudness Of(ReadOnlySpan<short> samples, int samplesPerSecond)
    {
        int window = samplesPerSecond / WindowsPerSecond;
        var raw = new float[(samples.Length / window) + 1];
        for (int i = 0; i < raw.Length; i++)
        {
            ReadOnlySpan<short> part = samples[(i * window)..Math.Min(samples.Length, (i + 1) * window)];
            double sum = 0;
            foreach (short sample in part)
            {
                sum += (double)sample * sample;
            }

            raw[i] = part.Length == 0 ? 0 : (float)(Math.Sqrt(sum / part.Length) / 32768);
        }

        // The level that a voice passes for a tenth of its time stands for loud; what is below 1e-4 of full scale is silence.
        float[] heard = [.. raw.Where(value => value > 1e-4f).Order()];
        float loud = heard.Length == 0 ? 1 : heard[(int)(0.9f * (heard.Length - 1))];
        var smooth = new float[raw.Length];
        for (int i = 0; i < raw.Length; i++)
        {
            float before = raw[Math.Max(0, i - 1)], after = raw[Math.Min(raw.Length - 1, i + 1)];
            smooth[i] = Math.Clamp((0.25f * (before + after)) + (0.5f * raw[i]), 0, 1.2f * loud) / loud;
        }

        return new(smooth);
    }

    /// <summary>At a time in seconds; silent after the end.</summary>
    public float At(float time)
    {
        float place = Math.Max(0, (time * WindowsPerSecond) - 0.5f);
        int i = (int)place;
        if (i >= values.Length - 1)
        {
            return 0;
        }

        float u = place - i;
        return ((1 - u) * values[i]) + (u * values[i + 1]);
    }
}
