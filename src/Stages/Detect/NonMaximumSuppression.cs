using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Detect;

/// <summary>Keeps one box a face: detectors answer at every cell near it.</summary>
internal static class NonMaximumSuppression
{
    /// <summary>Overlap (intersection over union) above which the weaker of two boxes goes; 0.4 is what FaceFusion uses for both detectors.</summary>
    public const float DefaultOverlap = 0.4f;

    /// <summary>The survivors, strongest first. Equal scores keep their order, so the result does not depend on the sort.</summary>
    public static IReadOnlyList<DetectedFace> Apply(IReadOnlyList<DetectedFace> faces, float overlap = DefaultOverlap)
    {
        var kept = new List<DetectedFace>();
        foreach (DetectedFace face in faces.OrderByDescending(face => face.Score))
        {
            if (kept.TrueForAll(stronger => stronger.Box.IntersectionOverUnion(face.Box) <= overlap))
            {
                kept.Add(face);
            }
        }

        return kept;
    }
}
