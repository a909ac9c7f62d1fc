using VideoGaze.Stages.Score;

namespace VideoGaze.Stages.Likeness;

/// <summary>Whom a swapped video's faces are like, over all frames.</summary>
/// <param name="Frames">Frames of the output.</param>
/// <param name="Compared">Faces that were compared: one a frame, or more where several people are looked for.</param>
/// <param name="LeftOut">Faces, or frames without one, that were not, by reason. With <paramref name="Compared"/> they make up all.</param>
/// <param name="ToPhotos">The output's face to the photos, cosine; null where nothing was compared, as all that follow.</param>
/// <param name="ToTarget">The output's face to the target's of the same moment, cosine.</param>
/// <param name="TargetToPhotos">The target's face to the photos, cosine: how alike both people are.</param>
/// <param name="Nearer">Share of the faces compared that are more like the photos than like the target, in [0, 1].</param>
public sealed record LikenessSummary(
    long Frames,
    long Compared,
    IReadOnlyDictionary<LikenessSkip, long> LeftOut,
    ScoreStatistics? ToPhotos,
    ScoreStatistics? ToTarget,
    ScoreStatistics? TargetToPhotos,
    double? Nearer);

/// <summary>What was compared.</summary>
/// <param name="Output">The swapped video.</param>
/// <param name="Target">The video before the swap.</param>
/// <param name="Identity">Photos of the person put in: a folder, or one photo.</param>
/// <param name="Photos">Photos that show a face.</param>
/// <param name="Referee">The network that judged.</param>
public sealed record LikenessPair(string Output, string Target, string Identity, int Photos, string Referee);
