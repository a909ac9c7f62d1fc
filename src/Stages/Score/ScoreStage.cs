using System.Numerics;
using System.Numerics.Tensors;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Score;

/// <summary>
/// Scores one moment of all videos of a pair. The true swap and the target go through the same measures as the output, so that every number stands beside its floor and
/// beside what doing nothing scores.
/// </summary>
/// <param name="output">The video that is scored; stays the caller's, like all others.</param>
/// <param name="trueSwap">The rendered true swap.</param>
/// <param name="target">The video before the swap; null where it is not given.</param>
/// <param name="person">Who is scored, as the target's truth names the person; null for the first.</param>
/// <param name="photos">Identity of the photos; null where there are none.</param>
/// <param name="canonical">The frontal face.</param>
internal sealed class ScoreStage(ScoredVideo output, ScoredVideo trueSwap, ScoredVideo? target, string? person, float[]? photos, CanonicalFace canonical)
    : IFrameStage<ScoreFrameSet, FrameScore>
{
    /// <inheritdoc/>
    public string Name => "score";

    /// <inheritdoc/>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <inheritdoc/>
    public ValueTask<FrameScore> ProcessAsync(ScoreFrameSet item, CancellationToken cancellationToken)
    {
        FrameScore score = Score(item) with { OutputMissing = item.Output is null, TruthMissing = item.Truth is null };
        item.Dispose();
        return ValueTask.FromResult(score);
    }

    private FrameScore Score(ScoreFrameSet set)
    {
        int index = IndexOfPerson(set.Truth);
        if (index < 0)
        {
            output.Flicker.Interrupt();
            trueSwap.Flicker.Interrupt();
            target?.Flicker.Interrupt();
            return new(set.TrueSwap.Stamp.Index, Seconds(set), null, null, null, null);
        }

        TruthFrame truth = set.Truth!;
        TruthPerson who = truth.Persons[index];

        // Persons stand in the same order in both files; the swapped one has another name in the second.
        TruthPerson? swapped = set.SwapTruth is { } known && index < known.Persons.Count ? known.Persons[index] : null;
        var scene = new Size(set.TrueSwap.Width, set.TrueSwap.Height);
        FaceBox place = (swapped ?? who).Box;
        FaceSight reference = trueSwap.Look(set.TrueSwap, truth, who, place, scene);
        FaceSight? scored = set.Output is null ? null : output.Look(set.Output, truth, who, place, scene);
        FaceSight? original = set.Target is null ? null : target!.Look(set.Target, truth, who, who.Box, scene);
        using var moment = new ScoreMoment
        {
            Person = who,
            Swapped = swapped is null ? null : Scaled(swapped, set.SwapTruth!, scene),
            Scene = scene,
            Landmarks = swapped is { Landmarks.Count: IbugLandmarks.Count } ? [.. Scaled(swapped, set.SwapTruth!, scene).Landmarks]
                : reference.Mesh is { } mesh ? IbugLandmarks.FromMesh(mesh)
                : [],
            TrueSwap = reference,
            Target = original,
        };
        moment.ReadPictures(trueSwap, target, canonical);
        if (scored is null)
        {
            output.Flicker.Interrupt();
        }

        return new(
            set.TrueSwap.Stamp.Index,
            Seconds(set),
            new(Round(who.Gaze.YawDegrees), Round(who.Gaze.PitchDegrees), Round(who.Head.YawDegrees), Round(who.Openness), who.EyesOpen),
            scored is null ? null : Of(output, scored, moment),
            Of(trueSwap, reference, moment),
            original is null ? null : Of(target!, original, moment));
    }

    private FaceScore Of(ScoredVideo video, FaceSight sight, ScoreMoment moment)
    {
        EyesRecord? eyes = sight.Gaze.Output;

        // Landmarks of a profile hide behind the face, and the distance of the eye corners, their unit, goes to nothing.
        bool profile = sight.Gaze.Skipped == GazeSkip.Profile;
        FaceScore score = new()
        {
            Found = sight.Mesh is not null,
            Yaw = eyes?.Yaw,
            Pitch = eyes?.Pitch,
            GazeError = sight.Gaze.Error,
            Skipped = sight.Gaze.Skipped,
            GazeToTrueSwap = Rounded(sight.GazeFrom(moment.TrueSwap)),
            Blink = profile ? null : eyes?.Blink,
            Landmarks = profile || moment.Swapped is null ? null : Rounded(sight.LandmarksFrom([.. moment.Swapped.Landmarks])),
            LandmarksToTrueSwap = profile || moment.TrueSwap.Mesh is null ? null : Rounded(sight.LandmarksFrom(IbugLandmarks.FromMesh(moment.TrueSwap.Mesh))),
            Irises = !profile && moment is { Person.EyesOpen: true, Swapped.Irises: [Vector2 left, Vector2 right] } && moment.Swapped.Landmarks.Count == IbugLandmarks.Count
                ? Rounded(sight.IrisesFrom(left, right, IbugLandmarks.OuterEyeDistance([.. moment.Swapped.Landmarks])))
                : null,
            Pose = Rounded(sight.PoseFrom(moment.Person.Head)),
            PoseToTrueSwap = Rounded(sight.PoseFrom(moment.TrueSwap.Head)),
            LikenessToTrueSwap = Likeness(sight.Embedding, moment.TrueSwap.Embedding),
            LikenessToTarget = Likeness(sight.Embedding, moment.Target?.Embedding),
            LikenessToPhotos = Likeness(sight.Embedding, photos),
        };
        return WithPictures(score, video, sight, moment);
    }

    private FaceScore WithPictures(FaceScore score, ScoredVideo video, FaceSight sight, ScoreMoment moment)
    {
        if (moment.Region is not { } region)
        {
            video.Flicker.Interrupt();
            return score;
        }

        using Mat picture = video.Read(sight.Frame, region.Bounds, moment.Scene);
        PictureDifference?[] differences = PictureDifference.Between(picture, moment.Picture!, region.Face, region.Eyes);
        SeamVisibility? seam = null;
        if (moment.Original is { } original)
        {
            using Mat wide = video.Read(sight.Frame, moment.Wide, moment.Scene);
            seam = SeamVisibility.Between(wide, original, moment.Ideal!, IbugLandmarks.OuterEyeDistance(moment.Landmarks));
        }

        return score with
        {
            Face = Picture(differences[0]),
            Eyes = Picture(differences[1]),
            Flicker = Rounded(video.Flicker.Next(moment.Unfold(picture, canonical), moment.Unfolded!)),
            Seam = Rounded(seam?.Relative),
            SeamLevels = Rounded(seam?.Excess),
        };
    }

    private int IndexOfPerson(TruthFrame? truth)
    {
        for (int i = 0; i < (truth?.Persons.Count ?? 0); i++)
        {
            if (person is null || truth!.Persons[i].Id == person)
            {
                return i;
            }
        }

        return -1;
    }

    private static TruthPerson Scaled(TruthPerson swapped, TruthFrame truth, Size scene)
    {
        if (truth.Width == scene.Width && truth.Height == scene.Height)
        {
            return swapped;
        }

        var scale = new Vector2((float)scene.Width / truth.Width, (float)scene.Height / truth.Height);
        return swapped with { Landmarks = [.. swapped.Landmarks.Select(point => point * scale)], Irises = [.. swapped.Irises.Select(point => point * scale)] };
    }

    private static PictureScore? Picture(PictureDifference? difference) =>
        difference is { } found ? new(Round(found.Ssim), Round(found.HaarPsi), Round(found.MeanAbsolute), Round(found.Sharpness)) : null;

    private static double? Likeness(float[]? a, float[]? b) => a is null || b is null ? null : Round(TensorPrimitives.Dot<float>(a, b));

    private static double Seconds(ScoreFrameSet set) => Math.Round(set.TrueSwap.Seconds, 6);

    private static double Round(double value) => ScoreStatistics.Round(value);

    private static double? Rounded(double? value) => value is { } number ? Round(number) : null;
}
