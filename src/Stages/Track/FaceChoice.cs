namespace VideoGaze.Stages.Track;

/// <summary>Which of the faces in a video are worked on: the command line's <c>--faces</c>.</summary>
public enum FaceChoice
{
    /// <summary>The person with the largest face, followed through the video.</summary>
    Largest,

    /// <summary>Everybody.</summary>
    All,

    /// <summary>Whoever looks like the person on a reference photo.</summary>
    Reference,
}
