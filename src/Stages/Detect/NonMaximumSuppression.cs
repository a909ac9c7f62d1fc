using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Detect;

/// <summary>
/// Keeps one answer a face: detectors answer at every cell near it, and of a face that fills the picture some also answer with a part of it,
/// a box within the box or one over forehead and hair, which overlap by too little to tell by that alone.
/// </summary>
internal static class NonMaximumSuppression
{
    /// <summary>Overlap (intersection over union) above which the weaker of two boxes goes; 0.4 is what FaceFusion uses for both detectors.</summary>
    public const float DefaultOverlap = 0.4f;

    // Overlap above which a weaker, smaller box that lies on an eye of the stronger one is a part of that face. Measured with
    // models/detector.onnx at 480 px on every frame of the real clips: all 171 faces given twice (lp_driving_d0, d6, d9, d10, d14)
    // overlap by .27 to .40; the whole face has a score from .86, the part one up to .75.
    // A face before another one's eye is whole and better seen, so as a rule it is the stronger: where a photo or a head was pasted
    // before a face, 7 of 1343 pairs that were both found are lost by this. To go by how much of the smaller box lies within the other
    // (.55 and more, as d0 needs) would lose 36 (docs/perception.md has the other detectors).
    private const float OverlapOfPart = 0.2f;

    // Mean distance of the five points, as a share of the smaller box's size (root of its area), below which two answers show one pair
    // of eyes, whichever is larger. Where the picture cuts a face off (lp_driving_d10 enlarged until the face is 1.1 pictures high) the
    // part is the stronger answer, and the points of both lie .07 to .09 apart. Of the 1343 pairs this alone loses 5; of those the
    // weaker has its points on the other's eyes, where a mesh would find that one again.
    // More would not do: the parts in d10's own frames lie up to .46 apart, a small face held before another one's nose .48 and more.
    private const float SamePoints = 0.15f;

    /// <summary>The survivors, strongest first. Equal scores keep their order, so the result does not depend on the sort.</summary>
    public static IReadOnlyList<DetectedFace> Apply(IReadOnlyList<DetectedFace> faces, float overlap = DefaultOverlap)
    {
        var kept = new List<DetectedFace>();
        var nested = new List<DetectedFace?>();
        foreach (DetectedFace face in faces.OrderByDescending(face => face.Score))
        {
            int same = kept.FindIndex(stronger => AreOneFace(stronger, face, overlap));
            if (same < 0)
            {
                kept.Add(face);
                nested.Add(null);
            }
            else if (nested[same] is null && kept[same].Box.IntersectionOverUnion(face.Box) <= overlap && AreNested(kept[same], face))
            {
                nested[same] = face;
            }
        }

        return [.. kept.Zip(nested, (face, other) => other is null ? face : face with { Box = Between(face.Box, other.Box) })];
    }

    private static bool AreOneFace(DetectedFace stronger, DetectedFace weaker, float overlap)
    {
        float shared = stronger.Box.IntersectionOverUnion(weaker.Box);
        return shared > overlap || (shared > OverlapOfPart && IsPartOf(stronger, weaker)) || ShareTheirPoints(stronger, weaker);
    }

    // Eyes, not the mouth: cheek to cheek a box may well reach over the corner of the other one's mouth.
    private static bool IsPartOf(DetectedFace whole, DetectedFace part) =>
        part.Box.Area < whole.Box.Area && whole.Points.Take(2).Any(eye => Holds(part.Box, eye));

    private static bool ShareTheirPoints(DetectedFace one, DetectedFace other) =>
        one.Points.Zip(other.Points, Vector2.Distance).DefaultIfEmpty(float.PositiveInfinity).Average()
            < SamePoints * MathF.Sqrt(MathF.Min(one.Box.Area, other.Box.Area));

    // Both are of the whole face and only its size is in doubt, unlike a box over forehead and hair: the smaller one holds most points.
    private static bool AreNested(DetectedFace one, DetectedFace other)
    {
        (DetectedFace small, DetectedFace large) = one.Box.Area < other.Box.Area ? (one, other) : (other, one);
        return 2 * large.Points.Count(point => Holds(small.Box, point)) > large.Points.Length;
    }

    // The larger is too large then and the smaller too small. Of the 162 nested pairs in the real clips the boxes halfway overlap with
    // YuNet's by .78 (median, least .61); the stronger ones do by .64 (least .40), the weaker by .56. The stronger one's points stay:
    // they are the nearer ones (d10: 7 % of the distance between the eyes from YuNet's, the weaker one's 61 %).
    private static FaceBox Between(FaceBox one, FaceBox other) =>
        new((one.X + other.X) / 2, (one.Y + other.Y) / 2, (one.Width + other.Width) / 2, (one.Height + other.Height) / 2);

    private static bool Holds(FaceBox box, Vector2 point) =>
        point.X >= box.X && point.X <= box.X + box.Width && point.Y >= box.Y && point.Y <= box.Y + box.Height;
}
