using System.Globalization;

namespace VideoGaze.Cli.Terminal;

/// <summary>How far a run has come.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units expected; null where unknown, and only an estimate where a container states no count.</param>
/// <param name="Unit">What is counted, with a plural s where it is spelt out: <c>frame</c>, <c>step</c>.</param>
/// <param name="Note">What else is worth knowing now, for instance the current gaze error; empty for nothing.</param>
internal readonly record struct RunProgress(long Done, long? Total, string Unit, string Note)
{
    /// <summary>Units a second since an earlier report; null where nothing was done since.</summary>
    public double? Rate(RunProgress earlier, TimeSpan elapsed) =>
        Done > earlier.Done && elapsed > TimeSpan.Zero ? (Done - earlier.Done) / elapsed.TotalSeconds : null;

    /// <summary>Time to the end at that rate; null where it cannot be told.</summary>
    public TimeSpan? Remaining(RunProgress earlier, TimeSpan elapsed) =>
        Total is { } total && Rate(earlier, elapsed) is { } rate ? TimeSpan.FromSeconds(Math.Max(0, total - Done) / rate) : null;

    /// <summary>Rate, time left and note in words, for instance <c>9.8 frames/s, 0:15 left, gaze error 1.2 degrees</c>.</summary>
    /// <param name="earlier">The first report of this run: what was done before it (loading models, an earlier run that is resumed) says nothing about the rate.</param>
    /// <param name="elapsed">Time since that report.</param>
    public string Describe(RunProgress earlier, TimeSpan elapsed)
    {
        List<string> parts = [];
        if (Rate(earlier, elapsed) is { } rate)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate:0.0} {Unit}s/s"));
        }

        if (Remaining(earlier, elapsed) is { } remaining)
        {
            parts.Add(Clock(remaining) + " left");
        }

        if (Note.Length > 0)
        {
            parts.Add(Note);
        }

        return string.Join(", ", parts);
    }

    /// <summary>A whole line for a log, for instance <c>frame 120 of 268, 9.8 frames/s, 0:15 left</c>.</summary>
    public string Line(RunProgress earlier, TimeSpan elapsed)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{Unit} {Done}{(Total is { } total ? " of " + total.ToString(CultureInfo.InvariantCulture) : string.Empty)}");
        return Describe(earlier, elapsed) is { Length: > 0 } rest ? place + ", " + rest : place;
    }

    private static string Clock(TimeSpan time)
    {
        TimeSpan whole = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        return whole.ToString(whole.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
    }
}
