using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Report;

/// <summary>A second gaze network that measured the same faces: named in the report's first line.</summary>
/// <param name="Estimator">Kind of gaze network.</param>
/// <param name="Floors">What it gets wrong where nothing is swapped; empty where it was never calibrated.</param>
public sealed record SecondEstimator(string Estimator, IReadOnlyList<EstimatorFloor> Floors);

/// <summary>What the second network says of the eyes in one picture; degrees, as <see cref="EyesRecord"/>.</summary>
/// <param name="Yaw">&gt; 0 to the image's right, camera frame.</param>
/// <param name="Pitch">&gt; 0 up.</param>
/// <param name="Confidence">In [0, 1].</param>
public sealed record SecondGaze(double Yaw, double Pitch, double Confidence);

/// <summary>How far two estimators agree. Where they do not, the first one's error is evidence of the estimator as much as of the swap.</summary>
/// <param name="Estimator">Kind of the second network.</param>
/// <param name="Error">Angular error by the second, over the faces that count for both; null where there were none.</param>
/// <param name="Bias">Mean of output minus source by the second.</param>
/// <param name="Source">Angle between both answers for the source.</param>
/// <param name="Output">Angle between both answers for the output.</param>
/// <param name="ErrorCorrelation">Pearson's correlation of both errors over faces; null for fewer than 30.</param>
/// <param name="Tracks">Faults that the second names, by person.</param>
/// <param name="SameFindings">Whether both name the same faults for every person.</param>
public sealed record SecondSummary(
    string Estimator,
    ErrorStatistics? Error,
    BiasRecord? Bias,
    ErrorStatistics? Source,
    ErrorStatistics? Output,
    double? ErrorCorrelation,
    IReadOnlyList<SecondTrack> Tracks,
    bool SameFindings);

/// <summary>One person's part.</summary>
/// <param name="Track">The person.</param>
/// <param name="Error">Angular error by the second.</param>
/// <param name="Findings">Faults that the second names.</param>
public sealed record SecondTrack(int Track, ErrorStatistics? Error, IReadOnlyList<GazeFinding> Findings);
