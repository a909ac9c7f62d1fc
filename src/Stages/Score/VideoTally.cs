using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Score;

/// <summary>Adds up one video's scores while frames pass. Keeps 4 bytes a measure and frame, so that quantiles are exact: an hour at 30 fps takes 10 MB.</summary>
internal sealed class VideoTally
{
    private readonly Dictionary<string, List<float>> values = [];
    private readonly SortedDictionary<GazeSkip, long> skipped = [];
    private readonly BlinkTally blinks = new();
    private readonly LineFit yaw = new();
    private readonly LineFit pitch = new();

    // Degrees: the middle range looks into the camera, the outer ones are where eyes leave the comfortable range.
    private readonly BinTally byYaw = new(-15, -5, 5, 15);
    private readonly BinTally byPitch = new(-5, 5);

    // Degrees either side; beyond 45 gaze is not measured.
    private readonly BinTally byHead = new(10, 20, 30);

    // Parts of the eye at rest; below 0.5 gaze is not measured.
    private readonly BinTally byOpenness = new(0.75, 1);
    private long faces;
    private long missed;
    private long agreed;
    private long judged;
    private long nearer;
    private long compared;

    /// <summary>Takes the next frame in which the person is there.</summary>
    public void Add(long frame, TruthScore truth, FaceScore face)
    {
        faces += face.Found ? 1 : 0;
        missed += face.Found ? 0 : 1;
        if (face.Skipped is { } reason)
        {
            skipped[reason] = skipped.GetValueOrDefault(reason) + 1;
        }

        AddGaze(truth, face);
        if (face.Blink is { } shut)
        {
            blinks.Add(frame, !truth.EyesOpen, shut);
            judged++;
            agreed += shut == !truth.EyesOpen ? 1 : 0;
        }

        Keep("landmarks", face.Landmarks);
        Keep("landmarksToTrueSwap", face.LandmarksToTrueSwap);
        Keep("irises", face.Irises);
        Keep("pose", face.Pose);
        Keep("poseToTrueSwap", face.PoseToTrueSwap);
        Keep("face", face.Face);
        Keep("eyes", face.Eyes);
        Keep("flicker", face.Flicker);
        Keep("seam", face.Seam);
        Keep("seamLevels", face.SeamLevels);
        Keep("toTrueSwap", face.LikenessToTrueSwap);
        Keep("toTarget", face.LikenessToTarget);
        Keep("toPhotos", face.LikenessToPhotos);
        if (face.LikenessToTrueSwap is { } mine && face.LikenessToTarget is { } theirs)
        {
            compared++;
            nearer += mine > theirs ? 1 : 0;
        }
    }

    /// <summary>The score of all frames so far.</summary>
    /// <param name="size">Of the video's frames.</param>
    /// <param name="referee">Name of the identity network; null where none judged.</param>
    public VideoScore Summarise(PixelSpec size, string? referee)
    {
        BlinkStatistics seen = blinks.Compare();
        return new(
            size.Width,
            size.Height,
            faces,
            missed,
            new GazeScore(
                Of("gaze")?.Count ?? 0,
                skipped,
                Of("gaze"),
                Of("gazeToTrueSwap"),
                Axis(yaw, "yaw"),
                Axis(pitch, "pitch"),
                byYaw.Summarise(),
                byPitch.Summarise(),
                byHead.Summarise(),
                byOpenness.Summarise()),
            new BlinkScore(seen.Source, seen.Output, seen.Kept, seen.Missed, seen.Invented, Share(agreed, judged)),
            Of("landmarks"),
            Of("landmarksToTrueSwap"),
            Of("irises"),
            Of("pose"),
            Of("poseToTrueSwap"),
            Region("face"),
            Region("eyes"),
            Of("flicker"),
            Of("seam"),
            Of("seamLevels"),
            referee is null ? null : new IdentityScore(referee, Of("toTrueSwap"), Of("toTarget"), Of("toPhotos"), Share(nearer, compared)));
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : ScoreStatistics.Round((double)part / whole);

    private void AddGaze(TruthScore truth, FaceScore face)
    {
        Keep("gazeToTrueSwap", face.GazeToTrueSwap);
        if (face.GazeError is not { } error || face.Yaw is not { } measuredYaw || face.Pitch is not { } measuredPitch)
        {
            return;
        }

        Keep("gaze", error);
        yaw.Add(truth.Yaw, measuredYaw);
        pitch.Add(truth.Pitch, measuredPitch);
        Keep("yaw", Math.Abs(measuredYaw - truth.Yaw));
        Keep("pitch", Math.Abs(measuredPitch - truth.Pitch));
        byYaw.Add(truth.Yaw, error);
        byPitch.Add(truth.Pitch, error);
        byHead.Add(Math.Abs(truth.HeadYaw), error);
        byOpenness.Add(truth.Openness, error);
    }

    private void Keep(string name, PictureScore? picture)
    {
        Keep(name + "Ssim", picture?.Ssim);
        Keep(name + "HaarPsi", picture?.HaarPsi);
        Keep(name + "MeanAbsolute", picture?.MeanAbsolute);
        Keep(name + "Sharpness", picture?.Sharpness);
    }

    private void Keep(string name, double? value)
    {
        if (value is not { } number)
        {
            return;
        }

        if (!values.TryGetValue(name, out List<float>? list))
        {
            values[name] = list = [];
        }

        list.Add((float)number);
    }

    private ScoreStatistics? Of(string name) => values.TryGetValue(name, out List<float>? list) ? ScoreStatistics.Of(list) : null;

    private RegionScore? Region(string name) =>
        Of(name + "Ssim") is { } ssim ? new(ssim, Of(name + "HaarPsi")!, Of(name + "MeanAbsolute")!, Of(name + "Sharpness")!) : null;

    private AxisScore? Axis(LineFit fit, string name) => values.TryGetValue(name, out List<float>? list) ? AxisScore.Of(fit, list) : null;
}
