using System.Globalization;

namespace VideoGaze.Cli.Terminal;

/// <summary>How far a run has come.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units expected; null where unknown, and only an estimate where a container states no count.</param>
/// <param name="Unit">What is counted, with a plural s where it is spelt out: <c>frame</c>, <c>step</c>.</param>
/// <param name="Note">What else is worth knowing now, for instance the current gaze error; empty for nothing.</param>
internal readonly record struct RunProgress(long Done, long? Total, string Unit, string Note)
{
    /// <summary>Units a second since the start; 0 before the first.</summary>
    public double Rate(TimeSpan elapsed) => elapsed > TimeSpan.Zero ? Done / elapsed.TotalSeconds : 0;

    /// <summary>Time to the end at the mean rate so far; null where it cannot be told.</summary>
    public TimeSpan? Remaining(TimeSpan elapsed) =>
        Total is { } total && Done > 0 && elapsed > TimeSpan.Zero ? TimeSpan.FromSeconds(Math.Max(0, total - Done) / Rate(elapsed)) : null;

    /// <summary>Rate and time left in words, for instance <c>9.8 frames/s, 0:15 left, gaze error 1.2 degrees</c>.</summary>
    public string Describe(TimeSpan elapsed)
    {
        List<string> parts = [string.Create(CultureInfo.InvariantCulture, $"{Rate(elapsed):0.0} {Unit}s/s")];
        if (Remaining(elapsed) is { } remaining)
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
    public string Line(TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"{Unit} {Done}{(Total is { } total ? " of " + total.ToString(CultureInfo.InvariantCulture) : string.Empty)}, {Describe(elapsed)}");

    private static string Clock(TimeSpan time)
    {
        TimeSpan whole = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        return whole.ToString(whole.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
    }
}
