namespace VideoGaze.Stages.Report.Analysis;

/// <summary>How the output's gaze follows the source's, one person.</summary>
/// <param name="Yaw">Horizontal.</param>
/// <param name="Pitch">Vertical.</param>
/// <param name="Lag">Delay; null where the gaze hardly moves.</param>
/// <param name="Blinks">Blinks kept, missed, invented, and how much later they begin.</param>
/// <param name="Saccades">The same of saccades.</param>
/// <param name="FaceChange">Median difference of both faces below the eyes, colour levels; null where that was not measured.</param>
public sealed record PairStatistics(AxisAgreement Yaw, AxisAgreement Pitch, LagStatistics? Lag, EventAgreement Blinks, EventAgreement Saccades, double? FaceChange = null)
{
    // The same face with other eyes, three rendered clips of 360 lines: 1.1 to 3.0; exact swaps and one by a generator: 13 to 89 (docs/gaze-report.md).
    private const double LeastChange = 5;

    /// <summary>Of the source's blinks those that the output misses with its eyes open.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int BlinksLeftOpen { get; init; }

    /// <summary>Whether both videos show the same face, so that what an estimator adds for one it adds for the other.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsSameFace => FaceChange < LeastChange;
}
