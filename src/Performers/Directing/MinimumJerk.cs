namespace VideoGaze.Performers.Directing;

/// <summary>
/// The smoothest way from rest to rest (Flash and Hogan, J. Neurosci. 1985): speed and acceleration are 0 at both ends. It is how heads, lips and lids
/// move here; the speed of a real saccade is a little skewed to its start, which no frame rate of ours shows.
/// </summary>
internal static class MinimumJerk
{
    /// <summary>Share of the way that is done after a share of the time; 0 before the start, 1 after the end.</summary>
    public static float Progress(float share)
    {
        float u = Math.Clamp(share, 0, 1);
        return u * u * u * (10 - (15 * u) + (6 * u * u));
    }
}
