namespace VideoGaze.Stages.Report.Analysis;

/// <summary>How the output's gaze follows the source's, one person.</summary>
/// <param name="Yaw">Horizontal.</param>
/// <param name="Pitch">Vertical.</param>
/// <param name="Lag">Delay; null where the gaze hardly moves.</param>
/// <param name="Blinks">Blinks kept, missed, invented, and how much later they begin.</param>
/// <param name="Saccades">The same of saccades.</param>
public sealed record PairStatistics(AxisAgreement Yaw, AxisAgreement Pitch, LagStatistics? Lag, EventAgreement Blinks, EventAgreement Saccades);
