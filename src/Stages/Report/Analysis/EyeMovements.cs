namespace VideoGaze.Stages.Report.Analysis;

/// <summary>A saccade: places in the series, first and last frame in which the eye is fast.</summary>
/// <param name="First">Place in the series.</param>
/// <param name="Last">Place in the series.</param>
/// <param name="Yaw">How far the gaze went to the image's right, degrees.</param>
/// <param name="Pitch">How far it went up, degrees.</param>
/// <param name="PeakVelocity">Degrees a second between frames; the eye's own peak is higher than a camera's frames can tell.</param>
internal readonly record struct Saccade(int First, int Last, double Yaw, double Pitch, double PeakVelocity)
{
    public double Amplitude => Math.Sqrt((Yaw * Yaw) + (Pitch * Pitch));
}

/// <summary>A fixation: places in the series.</summary>
/// <param name="First">Place in the series.</param>
/// <param name="Last">Place in the series.</param>
/// <param name="Dispersion">Root mean square distance from its mean direction, degrees.</param>
internal readonly record struct Fixation(int First, int Last, double Dispersion);

/// <summary>
/// Fixations and saccades by velocity (I-VT: Salvucci and Goldberg 2000). The threshold is 30 degrees a second (the usual one, Olsen 2012), or six times the noise of the velocity where
/// that is more (Engbert and Kliegl 2003 take six deviations): an estimator at 30 frames a second is noisier than an eye tracker.
/// </summary>
internal sealed record EyeMovements(IReadOnlyList<Saccade> Saccades, IReadOnlyList<Fixation> Fixations, double Threshold)
{
    private const double LeastThreshold = 30;
    private const double NoiseFactor = 6;

    // Below this a jump is no more than what landmarks do when a face turns.
    private const double LeastAmplitude = 1.5;

    // Shorter rests are pauses within a movement (Salvucci and Goldberg 2000: 100 to 200 ms).
    private const double ShortestFixation = 0.1;

    /// <summary>Finds them.</summary>
    /// <param name="stream">The gaze.</param>
    /// <param name="frameSeconds">Seconds between frames.</param>
    public static EyeMovements Of(GazeStream stream, double frameSeconds)
    {
        int count = stream.Yaws.Count;
        double[] velocity = new double[count];
        for (int i = 0; i < count; i++)
        {
            // Between neighbours two frames apart; at an edge of what was seen between one and the next.
            int before = i > 0 && Known(stream, i - 1) ? i - 1 : i;
            int after = i + 1 < count && Known(stream, i + 1) ? i + 1 : i;
            velocity[i] = Known(stream, i) && after > before ? Distance(stream, before, after) / ((after - before) * frameSeconds) : double.NaN;
        }

        // A two-frame difference of noise s in each of two axes has the median sqrt(2 ln 2) * s * sqrt(2) / (2 frames): turned round for s.
        double jitter = Noise(stream);
        double noise = jitter * Math.Sqrt(2) / (2 * frameSeconds);
        double threshold = Math.Max(LeastThreshold, NoiseFactor * noise);
        var saccades = new List<Saccade>();
        var fixations = new List<Fixation>();
        int start = 0;
        while (start < count)
        {
            if (double.IsNaN(velocity[start]))
            {
                start++;
                continue;
            }

            bool fast = velocity[start] > threshold;
            int end = start;
            while (end + 1 < count && !double.IsNaN(velocity[end + 1]) && velocity[end + 1] > threshold == fast)
            {
                end++;
            }

            if (fast)
            {
                Saccade saccade = Measure(stream, velocity, start, end);
                if (saccade.Amplitude >= Math.Max(LeastAmplitude, NoiseFactor / 2 * jitter))
                {
                    saccades.Add(saccade);
                }
            }
            else if ((end - start + 1) * frameSeconds >= ShortestFixation)
            {
                fixations.Add(new(start, end, Dispersion(stream, start, end)));
            }

            start = end + 1;
        }

        return new(saccades, fixations, threshold);
    }

    private static bool Known(GazeStream stream, int place) => float.IsFinite(stream.Yaws[place]) && float.IsFinite(stream.Pitches[place]);

    private static double Noise(GazeStream stream) => Math.Max(Spread.Jitter(stream.Yaws) ?? 0, Spread.Jitter(stream.Pitches) ?? 0);

    private static double Distance(GazeStream stream, int a, int b)
    {
        // Small angles: degrees of yaw shrink by the cosine of the pitch.
        double yaw = (stream.Yaws[b] - stream.Yaws[a]) * Math.Cos(stream.Pitches[a] * Math.PI / 180);
        double pitch = stream.Pitches[b] - stream.Pitches[a];
        return Math.Sqrt((yaw * yaw) + (pitch * pitch));
    }

    private static Saccade Measure(GazeStream stream, double[] velocity, int first, int last)
    {
        int before = Math.Max(first - 1, 0);
        int after = Math.Min(last + 1, velocity.Length - 1);
        before = Known(stream, before) ? before : first;
        after = Known(stream, after) ? after : last;
        double peak = 0;
        for (int i = first; i <= last; i++)
        {
            peak = Math.Max(peak, velocity[i]);
        }

        return new(first, last, stream.Yaws[after] - stream.Yaws[before], stream.Pitches[after] - stream.Pitches[before], peak);
    }

    private static double Dispersion(GazeStream stream, int first, int last)
    {
        double yaw = 0, pitch = 0, squares = 0;
        int count = last - first + 1;
        for (int i = first; i <= last; i++)
        {
            yaw += stream.Yaws[i];
            pitch += stream.Pitches[i];
        }

        yaw /= count;
        pitch /= count;
        for (int i = first; i <= last; i++)
        {
            squares += ((stream.Yaws[i] - yaw) * (stream.Yaws[i] - yaw)) + ((stream.Pitches[i] - pitch) * (stream.Pitches[i] - pitch));
        }

        return Math.Sqrt(squares / count);
    }
}
