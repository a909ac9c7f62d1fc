namespace VideoGaze.Performers.Directing;

/// <summary>A value over time given at some moments; between them it moves with minimum jerk, before the first and after the last it holds.</summary>
/// <param name="Keys">Seconds and value, in order of time.</param>
public sealed record KeyCurve(IReadOnlyList<(float Time, float Value)> Keys)
{
    /// <summary>One value for ever.</summary>
    public static KeyCurve Constant(float value) => new([(0, value)]);

    /// <summary>A curve whose moments are shares of a length.</summary>
    /// <param name="seconds">The length.</param>
    /// <param name="keys">Share and value, in order of time.</param>
    public static KeyCurve Over(float seconds, params IReadOnlyList<(float Share, float Value)> keys) => new([.. keys.Select(key => (key.Share * seconds, key.Value))]);

    /// <summary>The value at a time, seconds.</summary>
    public float At(float time)
    {
        int next = 0;
        while (next < Keys.Count && Keys[next].Time <= time)
        {
            next++;
        }

        if (next == 0 || next == Keys.Count)
        {
            return Keys[next == 0 ? 0 : ^1].Value;
        }

        (float fromTime, float from) = Keys[next - 1];
        (float toTime, float to) = Keys[next];
        return from + ((to - from) * MinimumJerk.Progress((time - fromTime) / (toTime - fromTime)));
    }
}
