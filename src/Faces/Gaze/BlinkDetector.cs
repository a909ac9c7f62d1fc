namespace VideoGaze.Faces.Gaze;

/// <summary>
/// Decides from the eye openness of one person, frame by frame, whether the eyes are shut. Open eyes differ from person to person by a factor of two,
/// so the limits are fractions of the person's own open eye, learned over a sliding window; two limits keep it from flickering.
/// </summary>
/// <remarks>Pure: the same values in the same order give the same answers.</remarks>
public sealed class BlinkDetector
{
    /// <summary>Frames that the person's open eye is learned from: 5 s at 30 fps.</summary>
    public const int WindowLength = 150;

    /// <summary>Eyes shut below this part of the open eye: measured medians are 0.30 open and 0.03 shut; the 5th percentile of open eyes looking down is 0.21.</summary>
    public const float ShutBelow = 0.45f;

    /// <summary>Eyes open again above this part of the open eye.</summary>
    public const float OpenAbove = 0.60f;

    /// <summary>What an open eye is taken for until the person is known, and its least value however long the eyes stay shut.</summary>
    public const float TypicalOpen = 0.28f;

    private const float LeastOpen = 0.18f;
    private const int KnownAfter = 15;

    // 0.8: shut eyes may fill a fifth of the window before the baseline moves.
    private const double BaselineQuantile = 0.8;

    private readonly float[] window = new float[WindowLength];
    private readonly float[] sorted = new float[WindowLength];
    private int count;
    private int next;

    /// <summary>Whether the eyes were shut at the last value.</summary>
    public bool Shut { get; private set; }

    /// <summary>The open eye of this person as known now.</summary>
    public float Baseline { get; private set; } = TypicalOpen;

    /// <summary>Takes the next frame's openness and says whether the eyes are shut.</summary>
    public bool Next(float openness)
    {
        if (!float.IsFinite(openness))
        {
            return Shut;
        }

        window[next] = openness;
        next = (next + 1) % WindowLength;
        count = Math.Min(count + 1, WindowLength);
        if (count >= KnownAfter)
        {
            Array.Copy(window, sorted, count);
            Array.Sort(sorted, 0, count);
            Baseline = Math.Max(LeastOpen, sorted[(int)(BaselineQuantile * (count - 1))]);
        }

        Shut = WouldBeShut(openness);
        return Shut;
    }

    /// <summary>Whether an openness is a shut eye by what is known now. Nothing is remembered of it.</summary>
    public bool WouldBeShut(float openness) => openness < (Shut ? OpenAbove : ShutBelow) * Baseline;
}
