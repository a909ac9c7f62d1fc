namespace VideoGaze.Stages.Score;

/// <summary>A row of a score table: one number of a video.</summary>
/// <param name="Id">Stable name for programs.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Unit">Unit, or range where there is none.</param>
/// <param name="HigherIsBetter">Which way is good.</param>
/// <param name="Digits">Digits after the point.</param>
/// <param name="Read">The number; null where it was not taken.</param>
public sealed record ScoreMeasure(string Id, string Title, string Unit, bool HigherIsBetter, int Digits, Func<VideoScore, double?> Read)
{
    /// <summary>All rows in the order of a table.</summary>
    public static IReadOnlyList<ScoreMeasure> All { get; } =
    [
        new("gaze.mean", "gaze error, mean", "degrees", false, 2, video => video.Gaze.Error?.Mean),
        new("gaze.median", "gaze error, median", "degrees", false, 2, video => video.Gaze.Error?.Median),
        new("gaze.p95", "gaze error, p95", "degrees", false, 2, video => video.Gaze.Error?.P95),
        new("gaze.toTrueSwap", "gaze from true swap's, median", "degrees", false, 2, video => video.Gaze.ToTrueSwap?.Median),
        new("gaze.yaw.spread", "gaze yaw, spread about its line", "degrees", false, 2, video => video.Gaze.Yaw?.Spread),
        new("gaze.pitch.spread", "gaze pitch, spread about its line", "degrees", false, 2, video => video.Gaze.Pitch?.Spread),
        new("irises", "iris centres, median", "% of eye distance", false, 2, video => 100 * video.Irises?.Median),
        new("blinks.missed", "blinks missed", "blinks", false, 0, video => video.Blinks.Missed),
        new("blinks.invented", "blinks invented", "blinks", false, 0, video => video.Blinks.Invented),
        new("blinks.agreement", "eyes open or shut agree", "% of frames", true, 1, video => 100 * video.Blinks.Agreement),
        new("landmarks", "landmark error, median", "% of eye distance", false, 2, video => 100 * video.Landmarks?.Median),
        new("landmarks.toTrueSwap", "landmarks from true swap's", "% of eye distance", false, 2, video => 100 * video.LandmarksToTrueSwap?.Median),
        new("pose", "head pose error, median", "degrees", false, 2, video => video.Pose?.Median),
        new("pose.toTrueSwap", "head pose from true swap's", "degrees", false, 2, video => video.PoseToTrueSwap?.Median),
        new("face.ssim", "SSIM in the face", "0..1", true, 4, video => video.Face?.Ssim.Mean),
        new("face.haarPsi", "HaarPSI in the face", "0..1", true, 4, video => video.Face?.HaarPsi.Mean),
        new("face.meanAbsolute", "mean difference in the face", "0..255", false, 2, video => video.Face?.MeanAbsolute.Mean),
        new("face.sharpness", "sharpness in the face", "1 as the true swap", true, 2, video => video.Face?.Sharpness.Mean),
        new("eyes.ssim", "SSIM around the eyes", "0..1", true, 4, video => video.Eyes?.Ssim.Mean),
        new("eyes.haarPsi", "HaarPSI around the eyes", "0..1", true, 4, video => video.Eyes?.HaarPsi.Mean),
        new("eyes.meanAbsolute", "mean difference around the eyes", "0..255", false, 2, video => video.Eyes?.MeanAbsolute.Mean),
        new("eyes.sharpness", "sharpness around the eyes", "1 as the true swap", true, 2, video => video.Eyes?.Sharpness.Mean),
        new("identity.toTrueSwap", "likeness to the true swap", "cosine", true, 3, video => video.Identity?.ToTrueSwap?.Mean),
        new("identity.toPhotos", "likeness to the photos", "cosine", true, 3, video => video.Identity?.ToPhotos?.Mean),
        new("identity.toTarget", "likeness to the target", "cosine", false, 3, video => video.Identity?.ToTarget?.Mean),
        new("identity.nearer", "nearer to true swap than target", "% of frames", true, 1, video => 100 * video.Identity?.Nearer),
        new("flicker", "flicker against the true swap", "0..255 a frame", false, 2, video => video.Flicker?.Mean),
        new("seam", "seam over the step that belongs", "0 invisible", false, 3, video => video.Seam?.Mean),
        new("faces.missed", "frames without a face found", "frames", false, 0, video => video.FacesMissed),
    ];
}
