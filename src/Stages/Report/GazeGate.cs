using System.Globalization;

namespace VideoGaze.Stages.Report;

/// <summary>Limits that a measurement has to keep, for scripts and continuous integration. Degrees; null: no limit.</summary>
/// <param name="MaxMean">Most mean error.</param>
/// <param name="MaxMedian">Most median error.</param>
/// <param name="MaxP95">Most 95th percentile.</param>
/// <param name="NoFindings">Whether a fault found by name fails.</param>
public sealed record GazeGate(double? MaxMean = null, double? MaxMedian = null, double? MaxP95 = null, bool NoFindings = false)
{
    /// <summary>Whether there is any limit.</summary>
    public bool IsSet => MaxMean is not null || MaxMedian is not null || MaxP95 is not null || NoFindings;

    /// <summary>Judges a measurement. Where nothing was measured a limit on the error is not kept: nobody knows.</summary>
    public GazeVerdict Judge(GazeSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        GazeVerdict? second = summary.Second is { } other ? Judge(other.Error, other.Tracks.Sum(track => track.Findings.Count), null) : null;
        return Judge(summary.Error, summary.Tracks.Sum(track => track.Analysis?.Findings.Count ?? 0), second);
    }

    private GazeVerdict Judge(ErrorStatistics? error, int findings, GazeVerdict? second)
    {
        var checks = new List<GazeCheck>();
        Add("mean", MaxMean, error?.Mean);
        Add("median", MaxMedian, error?.Median);
        Add("p95", MaxP95, error?.P95);
        if (NoFindings)
        {
            checks.Add(new("findings", 0, findings, findings == 0));
        }

        return new(checks.TrueForAll(check => check.Passed), checks, second);

        void Add(string name, double? limit, double? value)
        {
            if (limit is { } most)
            {
                checks.Add(new(name, most, value, value <= most));
            }
        }
    }
}

/// <summary>What a <see cref="GazeGate"/> says.</summary>
/// <param name="Passed">Whether every limit was kept.</param>
/// <param name="Checks">One by one.</param>
/// <param name="Second">What the same limits say of a second estimator's measurement; it decides nothing. Null where there was none.</param>
public sealed record GazeVerdict(bool Passed, IReadOnlyList<GazeCheck> Checks, GazeVerdict? Second = null)
{
    /// <summary>The limits that were not kept, as a sentence; empty where all were.</summary>
    public string Words() => Passed
        ? string.Empty
        : "The gaze does not keep its limits: " + string.Join("; ", Checks.Where(check => !check.Passed).Select(check => check.Words())) + ".";
}

/// <summary>One limit.</summary>
/// <param name="Name"><c>mean</c>, <c>median</c>, <c>p95</c> or <c>findings</c>.</param>
/// <param name="Limit">Degrees, or a count.</param>
/// <param name="Value">What was measured; null where nothing was.</param>
/// <param name="Passed">Whether it was kept.</param>
public sealed record GazeCheck(string Name, double Limit, double? Value, bool Passed)
{
    internal string Words()
    {
        string unit = Name == "findings" ? " faults" : " degrees";
        string measured = Value is { } value ? value.ToString("0.##", CultureInfo.InvariantCulture) + unit : "nothing could be measured";
        return string.Create(CultureInfo.InvariantCulture, $"{Name} at most {Limit:0.##}{unit}, found {measured}");
    }
}
