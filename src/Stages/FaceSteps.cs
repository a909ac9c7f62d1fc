using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>The steps that lead to a face cut out, as the run itself has them.</summary>
/// <param name="Detect">Finds faces.</param>
/// <param name="Track">Names and chooses them.</param>
/// <param name="Align">Cuts them out.</param>
internal sealed record FaceSteps(DetectStage Detect, TrackStage Track, AlignStage Align);
