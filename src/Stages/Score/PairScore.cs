using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Score;

/// <summary>What a swapped video of one pair of people came to.</summary>
/// <param name="Pair">Files and people.</param>
/// <param name="Frames">How many frames could be scored, and why the others could not.</param>
/// <param name="Output">The video that is scored.</param>
/// <param name="TrueSwap">The true swap, measured the same way in the same run: the floor.</param>
/// <param name="NoSwap">The target, measured the same way; null where it is not given.</param>
/// <param name="Absent">Measures that are missing, with the reason.</param>
/// <param name="Models">Every network that took part.</param>
/// <param name="Estimator">Kind of gaze network.</param>
public sealed record PairScore(
    ScoredPair Pair,
    FrameCounts Frames,
    VideoScore Output,
    VideoScore TrueSwap,
    VideoScore? NoSwap,
    IReadOnlyList<AbsentMeasure> Absent,
    IReadOnlyList<ModelRecord> Models,
    string Estimator);

/// <summary>The files that were scored.</summary>
/// <param name="Output">The swapped video.</param>
/// <param name="TrueSwap">The rendered true swap.</param>
/// <param name="Target">The video before the swap; null where it is not given.</param>
/// <param name="Truth">Truth file of the target.</param>
/// <param name="SwapTruth">Truth file of the true swap; null where it is not given.</param>
/// <param name="Identity">Folder of photos; null where it is not given.</param>
/// <param name="Photos">Photos that show a face.</param>
/// <param name="Person">Who was swapped, as the truth names the person.</param>
public sealed record ScoredPair(string Output, string TrueSwap, string? Target, string Truth, string? SwapTruth, string? Identity, int Photos, string? Person);

/// <summary>How many frames took part.</summary>
/// <param name="TrueSwap">Frames of the true swap.</param>
/// <param name="Output">Frames of the output.</param>
/// <param name="Paired">Frames of the true swap that the output has a frame for.</param>
/// <param name="OutputMissing">Frames of the true swap that the output has none for.</param>
/// <param name="OutputSurplus">Frames of the output that belong to no frame of the true swap.</param>
/// <param name="TruthMissing">Frames of the true swap that the truth knows nothing of.</param>
/// <param name="Nobody">Frames where the person is not there.</param>
public sealed record FrameCounts(long TrueSwap, long Output, long Paired, long OutputMissing, long OutputSurplus, long TruthMissing, long Nobody);

/// <summary>A measure that could not be taken.</summary>
/// <param name="Measure">Which.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record AbsentMeasure(string Measure, string Reason);

/// <summary>All measures of one video. Null where a measure was not taken; <see cref="PairScore.Absent"/> says why.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Faces">Frames where the face was found.</param>
/// <param name="FacesMissed">Frames where the truth has a face and none was found.</param>
/// <param name="Gaze">Where the eyes look, against the truth.</param>
/// <param name="Blinks">Blinks, against the truth.</param>
/// <param name="Landmarks">Median distance of the 68 landmarks from the truth, in distances of the outer eye corners.</param>
/// <param name="LandmarksToTrueSwap">The same from the landmarks measured in the true swap.</param>
/// <param name="Irises">Distance of the iris centres from the truth, in distances of the outer eye corners.</param>
/// <param name="Pose">Head pose against the truth, degrees.</param>
/// <param name="PoseToTrueSwap">Head pose against that measured in the true swap, degrees.</param>
/// <param name="Face">Picture inside the face against the true swap.</param>
/// <param name="Eyes">Picture around the eyes against the true swap.</param>
/// <param name="Flicker">Change of the residual from frame to frame, 0..255.</param>
/// <param name="Seam">Excess of the step across the rim of the change, relative to the step that belongs there; 0 is invisible.</param>
/// <param name="SeamLevels">The excess in levels, 0..255.</param>
/// <param name="Identity">Whom the face is like.</param>
public sealed record VideoScore(
    int Width,
    int Height,
    long Faces,
    long FacesMissed,
    GazeScore Gaze,
    BlinkScore Blinks,
    ScoreStatistics? Landmarks,
    ScoreStatistics? LandmarksToTrueSwap,
    ScoreStatistics? Irises,
    ScoreStatistics? Pose,
    ScoreStatistics? PoseToTrueSwap,
    RegionScore? Face,
    RegionScore? Eyes,
    ScoreStatistics? Flicker,
    ScoreStatistics? Seam,
    ScoreStatistics? SeamLevels,
    IdentityScore? Identity);

/// <summary>Gaze against the truth, degrees.</summary>
/// <param name="Measured">Frames whose error counts.</param>
/// <param name="Skipped">Frames left out, by reason.</param>
/// <param name="Error">Angle between measured and true gaze.</param>
/// <param name="ToTrueSwap">Angle between the gaze measured here and in the true swap.</param>
/// <param name="Yaw">The horizontal part.</param>
/// <param name="Pitch">The vertical part.</param>
/// <param name="ByGazeYaw">Error by the true gaze's yaw.</param>
/// <param name="ByGazePitch">Error by the true gaze's pitch.</param>
/// <param name="ByHeadYaw">Error by how far the head is turned, either side.</param>
/// <param name="ByOpenness">Error by how far the eyes are open.</param>
public sealed record GazeScore(
    long Measured,
    IReadOnlyDictionary<GazeSkip, long> Skipped,
    ScoreStatistics? Error,
    ScoreStatistics? ToTrueSwap,
    AxisScore? Yaw,
    AxisScore? Pitch,
    IReadOnlyList<BinScore> ByGazeYaw,
    IReadOnlyList<BinScore> ByGazePitch,
    IReadOnlyList<BinScore> ByHeadYaw,
    IReadOnlyList<BinScore> ByOpenness);

/// <summary>One angle against the truth, degrees.</summary>
/// <param name="Bias">Mean of measured minus true.</param>
/// <param name="Slope">Degrees measured for a degree of truth, least squares; null where the truth hardly varies.</param>
/// <param name="Spread">Standard deviation of what is left once bias and slope are taken out; null with the slope.</param>
/// <param name="Absolute">Absolute difference.</param>
public sealed record AxisScore(double Bias, double? Slope, double? Spread, ScoreStatistics Absolute)
{
    /// <summary>The score of an angle; null where nothing was measured.</summary>
    internal static AxisScore? Of(LineFit fit, IReadOnlyList<float> absolute) => ScoreStatistics.Of(absolute) is not { } statistics ? null : new(
        ScoreStatistics.Round(fit.Bias),
        fit.Slope is { } slope ? ScoreStatistics.Round(slope) : null,
        fit.Spread is { } spread ? ScoreStatistics.Round(spread) : null,
        statistics);
}

/// <summary>Gaze errors of one range.</summary>
/// <param name="From">Least value, included; null for no bound.</param>
/// <param name="To">Largest value, not included; null for no bound.</param>
/// <param name="Error">Degrees; null where no frame falls into the range.</param>
public sealed record BinScore(double? From, double? To, ScoreStatistics? Error);

/// <summary>Blinks against the truth.</summary>
/// <param name="True">Blinks the truth has.</param>
/// <param name="Seen">Blinks seen.</param>
/// <param name="Kept">True blinks that are seen too.</param>
/// <param name="Missed">True blinks that are not.</param>
/// <param name="Invented">Blinks seen that are not true.</param>
/// <param name="Agreement">Share of frames where truth and picture agree whether the eyes are shut; null where none could be judged.</param>
public sealed record BlinkScore(long True, long Seen, long Kept, long Missed, long Invented, double? Agreement);

/// <summary>Pictures against the true swap in one region.</summary>
/// <param name="Ssim">Structural similarity; 1 is equal.</param>
/// <param name="HaarPsi">Perceptual similarity; 1 is equal.</param>
/// <param name="MeanAbsolute">Mean absolute difference of colours, 0..255.</param>
/// <param name="Sharpness">Fine detail over the true swap's; 1 is as sharp, less is softer.</param>
public sealed record RegionScore(ScoreStatistics Ssim, ScoreStatistics HaarPsi, ScoreStatistics MeanAbsolute, ScoreStatistics Sharpness);

/// <summary>Cosines of identity embeddings, in [-1, 1].</summary>
/// <param name="Referee">The network that judged.</param>
/// <param name="ToTrueSwap">Likeness to the true swap's face at the same moment.</param>
/// <param name="ToTarget">Likeness to the target's face at the same moment; null without a target.</param>
/// <param name="ToPhotos">Likeness to the photos; null without photos.</param>
/// <param name="Nearer">Share of frames whose face is more like the true swap's than the target's; null without a target.</param>
public sealed record IdentityScore(string Referee, ScoreStatistics? ToTrueSwap, ScoreStatistics? ToTarget, ScoreStatistics? ToPhotos, double? Nearer);
