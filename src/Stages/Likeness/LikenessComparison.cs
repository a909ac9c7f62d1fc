using System.Numerics.Tensors;
using VideoGaze.Faces.Gaze;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Score;

namespace VideoGaze.Stages.Likeness;

/// <summary>Compares the faces of one moment: of the output, of the target, and on the photos. One thread.</summary>
/// <param name="embedOutput">The identity of a face in a frame of the output, unit length.</param>
/// <param name="embedTarget">The same in a frame of the target.</param>
/// <param name="photos">Identity of the photos, unit length.</param>
internal sealed class LikenessComparison(Func<SightedFrame, SightedFace, float[]> embedOutput, Func<SightedFrame, SightedFace, float[]> embedTarget, float[] photos)
{
    /// <summary>
    /// Faces turned further than this to the side are left out, degrees, as they are where gaze is measured: half of such a face is hidden, and the network that judges knows people from the front.
    /// </summary>
    public const double ProfileLimitDegrees = 45;

    /// <summary>Compares.</summary>
    /// <param name="output">A frame of the swapped video; all its faces.</param>
    /// <param name="target">What is shown at the same time before the swap, with those faces that are looked for; null where there is none.</param>
    public FrameLikeness Compare(SightedFrame output, SightedFrame? target)
    {
        LikenessSkip? skipped = target is null ? LikenessSkip.NoFrame : target.Faces.Count == 0 ? LikenessSkip.NoFace : null;
        var faces = new FaceLikeness[target?.Faces.Count ?? 0];
        int[] match = target is null ? [] : PlacePairing.Match(PlacePairing.Boxes(target), PlacePairing.Boxes(output));
        for (int i = 0; i < faces.Length; i++)
        {
            SightedFace face = target!.Faces[i];
            LikenessSkip? reason = Math.Abs(HeadPose.FromMesh(face.Mesh).YawDegrees) > ProfileLimitDegrees ? LikenessSkip.Profile
                : match[i] < 0 ? LikenessSkip.NoMatch
                : null;
            faces[i] = reason is null
                ? Compare(face.Track.TrackId, embedOutput(output, output.Faces[match[i]]), embedTarget(target, face))
                : new(face.Track.TrackId, reason, null, null, null);
        }

        return new(output.Stamp.Index, Math.Round(output.Seconds, 6), skipped, faces);
    }

    private FaceLikeness Compare(int track, float[] swapped, float[] original) =>
        new(track, null, Likeness(swapped, photos), Likeness(swapped, original), Likeness(original, photos));

    private static double Likeness(float[] a, float[] b) => ScoreStatistics.Round(TensorPrimitives.Dot<float>(a, b));
}
