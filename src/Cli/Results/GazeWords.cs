using System.Globalization;
using VideoGaze.Stages.Report;

namespace VideoGaze.Cli.Results;

/// <summary>A gaze summary in sentences.</summary>
internal static class GazeWords
{
    /// <summary>The latest error, for a progress line; empty before the first.</summary>
    public static string Current(double? degrees) =>
        degrees is { } error ? string.Create(CultureInfo.InvariantCulture, $"gaze error {error:0.0} degrees") : string.Empty;

    /// <summary>A line for all faces and, where there are several people, a line for each.</summary>
    public static IEnumerable<string> Of(GazeSummary summary)
    {
        yield return $"{summary.Frames} frames, {summary.Faces} faces; {Errors(summary.Error)}{Beside(summary.FootageFloor)}{Skipped(summary.Skipped)}.";
        if (summary.Tracks.Count > 1)
        {
            foreach (TrackSummary track in summary.Tracks)
            {
                yield return $"track {track.Track}: {track.Faces} faces; {Errors(track.Error)}{Skipped(track.Skipped)}.";
            }
        }

        if (summary.Gate is { } gate)
        {
            yield return Gate(gate);
        }

        if (summary.Second is { } second)
        {
            yield return Second(second);
        }

        foreach (string finding in Findings(summary))
        {
            yield return finding;
        }
    }

    /// <summary>What the gate did, and to which frames.</summary>
    public static string Gate(GateSummary gate)
    {
        string above = string.Create(CultureInfo.InvariantCulture, $"{gate.Above} faces are off by more than {gate.Limit:0.##} degrees");
        if (gate.Action != GateAction.Fallback)
        {
            return gate.Above == 0 ? $"{above}." : $"{above}, marked in the report: {Frames(gate.Frames)}.";
        }

        if (gate.Before is not { } before || gate.After is not { } after)
        {
            return $"{above}; none was repaired.";
        }

        string left = gate.StillAbove == 0 ? string.Empty : $"; {gate.StillAbove} are still above the limit";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{above}; {gate.Repaired} have the target's own eyes now (a repair lasts 0.2 s): error {before.Mean:0.00} degrees mean before, {after.Mean:0.00} after; {Frames(gate.Frames)}{left}.");
    }

    /// <summary>What the same footage shows where nothing is swapped, to stand beside an error.</summary>
    public static string Beside(FootageFloor? floor) => floor is not { Own: { } own }
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $" (this footage unswapped: {own.Mean:0.00} mean, {own.P95:0.00} p95 over {own.Count} faces)");

    /// <summary>How far a second estimator agrees.</summary>
    public static string Second(SecondSummary second)
    {
        string apart = second is { Source: { } source, Output: { } output }
            ? string.Create(CultureInfo.InvariantCulture, $"; both differ by {source.Median:0.0} degrees (median) on the source and {output.Median:0.0} on the output")
            : second.Output is { } only ? string.Create(CultureInfo.InvariantCulture, $"; both differ by {only.Median:0.0} degrees (median) on the output") : string.Empty;
        string together = second.ErrorCorrelation is { } r ? string.Create(CultureInfo.InvariantCulture, $", their errors correlate at {r:0.00}") : string.Empty;
        string faults = second.SameFindings
            ? "both name the same faults"
            : "the second names " + (second.Tracks.Sum(track => track.Findings.Count) == 0 ? "no fault" : "other faults: " + string.Join(" ", second.Tracks.SelectMany(track => track.Findings).Select(finding => finding.Words)).TrimEnd('.'));
        return $"second opinion by {second.Estimator}: {Errors(second.Error)}{apart}{together}; {faults}.";
    }

    /// <summary>Frame numbers, the first few runs.</summary>
    private static string Frames(IReadOnlyList<long[]> runs)
    {
        const int Most = 8;
        string named = string.Join(", ", runs.Take(Most).Select(run => run[0] == run[1] ? $"{run[0]}" : $"{run[0]}-{run[1]}"));
        return $"frames {named}" + (runs.Count > Most ? $" and {runs.Count - Most} more runs" : string.Empty);
    }

    /// <summary>What is wrong by name, a sentence each; nothing for a faithful output.</summary>
    public static IEnumerable<string> Findings(GazeSummary summary) => summary.Tracks.SelectMany(
        track => track.Analysis?.Findings ?? [],
        (track, finding) => summary.Tracks.Count > 1 ? $"track {track.Track}: {finding.Words}" : finding.Words);

    /// <summary>Mean, median and 95th percentile.</summary>
    public static string Errors(ErrorStatistics? error) => error is null
        ? "gaze error not measured"
        : string.Create(CultureInfo.InvariantCulture, $"gaze error {error.Mean:0.00} degrees mean, {error.Median:0.00} median, {error.P95:0.00} p95 over {error.Count} faces");

    private static string Skipped(IReadOnlyDictionary<GazeSkip, long> skipped) => skipped.Values.Sum() == 0
        ? string.Empty
        : "; left out: " + string.Join(", ", skipped.Where(pair => pair.Value > 0).Select(pair => $"{pair.Value} {Reason(pair.Key)}"));

    private static string Reason(GazeSkip skip) => skip switch
    {
        GazeSkip.EyesClosed => "eyes closed",
        GazeSkip.Profile => "turned too far",
        GazeSkip.LowConfidence => "too uncertain",
        GazeSkip.NoEyes => "no eyes found",
        GazeSkip.NoMatch => "without a counterpart",
        _ => skip.ToString(),
    };
}
