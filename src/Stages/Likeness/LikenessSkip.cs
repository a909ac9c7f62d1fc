namespace VideoGaze.Stages.Likeness;

/// <summary>Why a face of the target, or a whole frame, was left out.</summary>
public enum LikenessSkip
{
    /// <summary>The target has no frame that is shown at this time.</summary>
    NoFrame,

    /// <summary>The target shows nobody who is looked for.</summary>
    NoFace,

    /// <summary>The face is turned too far to the side.</summary>
    Profile,

    /// <summary>The output shows no face at this time and place.</summary>
    NoMatch,
}
