using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Score;

namespace VideoGaze.Stages.Calibrate;

/// <summary>How well one way to measure gaze does on one set of pictures with known gaze. Degrees.</summary>
/// <param name="Estimator">Kind of network.</param>
/// <param name="Model">The network's file.</param>
/// <param name="Eyes">How the eyes were found.</param>
/// <param name="AverageMirror">Whether the answer for the mirrored picture was averaged in.</param>
/// <param name="Set">Name of the set; <c>all</c> for all together.</param>
/// <param name="Faces">Faces the set has.</param>
/// <param name="Missed">Faces that were not found.</param>
/// <param name="Skipped">Faces that do not count: eyes shut, turned too far, low confidence.</param>
/// <param name="Error">Angle between measured and true gaze.</param>
/// <param name="Yaw">The horizontal part.</param>
/// <param name="Pitch">The vertical part.</param>
/// <param name="Noise">Angle between the answers for a picture and for its worsened copy: what changes when the gaze does not.</param>
/// <param name="ByHeadYaw">Error by how far the head is turned, either side.</param>
/// <param name="ByOpenness">Error by how far the eyes are open; 1 at rest.</param>
/// <param name="ByFaceHeight">Error by the height of the face's box in pixels.</param>
public sealed record GazeCalibration(
    string Estimator,
    ModelRecord Model,
    OutputEyes Eyes,
    bool AverageMirror,
    string Set,
    long Faces,
    long Missed,
    long Skipped,
    ScoreStatistics? Error,
    AxisScore? Yaw,
    AxisScore? Pitch,
    ScoreStatistics? Noise,
    IReadOnlyList<BinScore> ByHeadYaw,
    IReadOnlyList<BinScore> ByOpenness,
    IReadOnlyList<BinScore> ByFaceHeight);
