using System.Text.Json.Serialization;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Report;

/// <summary>Last line of a gaze report.</summary>
/// <param name="Frames">Frames reported.</param>
/// <param name="FramesWithFaces">Frames with at least one face.</param>
/// <param name="Faces">Faces in all frames.</param>
/// <param name="Measured">Faces whose error counts.</param>
/// <param name="Skipped">Faces left out, by reason.</param>
/// <param name="Error">Angular error in degrees over all faces measured; null where none was.</param>
/// <param name="Bias">Mean signed difference output minus source in degrees; null where nothing was measured.</param>
/// <param name="Blinks">Blinks of all persons.</param>
/// <param name="Tracks">The same by person.</param>
/// <param name="Gate">What the gate did; null where there was none.</param>
/// <param name="Second">What a second estimator says; null where there was none.</param>
/// <param name="FootageFloor">The header's, beside the error; null where it was not tried.</param>
public sealed record GazeSummary(
    long Frames,
    long FramesWithFaces,
    long Faces,
    long Measured,
    IReadOnlyDictionary<GazeSkip, long> Skipped,
    ErrorStatistics? Error,
    BiasRecord? Bias,
    BlinkStatistics Blinks,
    IReadOnlyList<TrackSummary> Tracks,
    GateSummary? Gate = null,
    SecondSummary? Second = null,
    FootageFloor? FootageFloor = null)
{
    /// <summary>Says what the line is: <c>summary</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "summary";
}

/// <summary>One person's part of the summary.</summary>
/// <param name="Track">The person.</param>
/// <param name="Faces">Frames the person is in.</param>
/// <param name="Measured">Frames whose error counts.</param>
/// <param name="Skipped">Frames left out, by reason.</param>
/// <param name="Error">Angular error in degrees.</param>
/// <param name="Bias">Mean signed difference output minus source in degrees.</param>
/// <param name="Blinks">Blinks.</param>
/// <param name="Analysis">How the eyes move in both videos, and faults by name; null where there were not two frames, or in reports of before.</param>
/// <param name="Gate">What the gate did to the person; null (and left out) where there was none.</param>
public sealed record TrackSummary(
    int Track,
    long Faces,
    long Measured,
    IReadOnlyDictionary<GazeSkip, long> Skipped,
    ErrorStatistics? Error,
    BiasRecord? Bias,
    BlinkStatistics Blinks,
    GazeAnalysis? Analysis = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GateSummary? Gate = null);

/// <summary>Mean difference output minus source, degrees.</summary>
/// <param name="Yaw">&gt; 0: the output looks further to the image's right.</param>
/// <param name="Pitch">&gt; 0: the output looks further up.</param>
public sealed record BiasRecord(double Yaw, double Pitch);

/// <summary>Exact statistics of a set of errors.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Median">0.5 quantile.</param>
/// <param name="P95">0.95 quantile.</param>
/// <param name="Max">Largest.</param>
public sealed record ErrorStatistics(long Count, double Mean, double Median, double P95, double Max)
{
    /// <summary>Statistics of values; null for none. Quantiles are linear between order statistics (the default of NumPy and R).</summary>
    public static ErrorStatistics? Of(IReadOnlyList<float> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        float[] sorted = [.. values];
        Array.Sort(sorted);
        double sum = 0;
        foreach (float value in sorted)
        {
            sum += value;
        }

        return new(sorted.Length, Round(sum / sorted.Length), Round(Quantile(sorted, 0.5)), Round(Quantile(sorted, 0.95)), Round(sorted[^1]));
    }

    /// <summary>Quantile of sorted values, linear between neighbours.</summary>
    internal static double Quantile(float[] sorted, double fraction)
    {
        double place = fraction * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    private static double Round(double value) => Math.Round(value, 3);
}

/// <summary>Whether blinks survive. A blink is a run of frames with shut eyes; it is kept where the output blinks too, within a tenth of a second and the lag that was found (<see cref="EventAgreement"/>).</summary>
/// <param name="Source">Blinks of the source.</param>
/// <param name="Output">Blinks of the output.</param>
/// <param name="Kept">Blinks of the source that the output shows too.</param>
/// <param name="Missed">Blinks of the source that the output lacks.</param>
/// <param name="Invented">Blinks of the output that the source lacks.</param>
public sealed record BlinkStatistics(long Source, long Output, long Kept, long Missed, long Invented)
{
    internal static BlinkStatistics Of(EventAgreement blinks) => new(blinks.Source, blinks.Output, blinks.Kept, blinks.Missed, blinks.Invented);

    internal static BlinkStatistics Sum(IEnumerable<BlinkStatistics> parts) => parts.Aggregate(
        new BlinkStatistics(0, 0, 0, 0, 0),
        (a, b) => new(a.Source + b.Source, a.Output + b.Output, a.Kept + b.Kept, a.Missed + b.Missed, a.Invented + b.Invented));
}
