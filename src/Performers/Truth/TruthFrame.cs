using VideoGaze.Faces.Gaze;

namespace VideoGaze.Performers.Truth;

/// <summary>What is true of one frame.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Seconds">Presentation time.</param>
/// <param name="Camera">Who sees it.</param>
/// <param name="Persons">Everybody who is there; they may be outside the picture.</param>
public sealed record TruthFrame(long Index, double Seconds, PinholeCamera Camera, IReadOnlyList<TruthPerson> Persons);

/// <summary>What is true of one person in one frame.</summary>
/// <param name="Labels">Everything.</param>
/// <param name="Pattern">The direction that a pattern asks for, camera frame; null: there is none.</param>
public sealed record TruthPerson(PerformerLabels Labels, GazeAngles? Pattern = null);
