using System.Text.Json.Serialization;

namespace VideoGaze.Stages.Likeness;

/// <summary>Whom the faces of one frame are like: one line of the per-frame file.</summary>
/// <param name="Frame">Index of the output's frame, from 0.</param>
/// <param name="Time">Seconds since the output's first frame.</param>
/// <param name="Skipped">Why the whole frame was left out; null where it shows somebody.</param>
/// <param name="Faces">One entry for each face of the target that is looked for.</param>
public sealed record FrameLikeness(long Frame, double Time, LikenessSkip? Skipped, IReadOnlyList<FaceLikeness> Faces)
{
    /// <summary>Says what the line is: <c>frame</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "frame";
}

/// <summary>Whom one face is like. Cosines of identity embeddings, in [-1, 1].</summary>
/// <param name="Track">Who, by the target's tracks: from 1, in order of appearance.</param>
/// <param name="Skipped">Why the face was left out; null where it was compared, and then all three likenesses are there.</param>
/// <param name="ToPhotos">The output's face to the photos of the person put in.</param>
/// <param name="ToTarget">The output's face to the target's of the same moment.</param>
/// <param name="TargetToPhotos">The target's face to the photos: how alike both people are in this frame.</param>
public sealed record FaceLikeness(int Track, LikenessSkip? Skipped, double? ToPhotos, double? ToTarget, double? TargetToPhotos)
{
    /// <summary>Whether the output's face is more like the photos than like the target; null where it was left out.</summary>
    public bool? Nearer => ToPhotos is { } photos && ToTarget is { } target ? photos > target : null;
}
