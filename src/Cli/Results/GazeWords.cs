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
        yield return $"{summary.Frames} frames, {summary.Faces} faces; {Errors(summary.Error)}{Skipped(summary.Skipped)}.";
        if (summary.Tracks.Count > 1)
        {
            foreach (TrackSummary track in summary.Tracks)
            {
                yield return $"track {track.Track}: {track.Faces} faces; {Errors(track.Error)}{Skipped(track.Skipped)}.";
            }
        }

        foreach (string finding in Findings(summary))
        {
            yield return finding;
        }
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
