using VideoGaze.Faces.Gaze;

namespace VideoGaze.Stages.Gaze;

/// <summary>How the eyes of a swapped face are found before its gaze is measured.</summary>
public enum OutputEyes
{
    /// <summary>
    /// The gaze network itself, in the run that measures, where it can (<see cref="IEyeFindingEstimator"/>); else as <see cref="IrisNetwork"/>. The head's pose is taken from
    /// the source, which a swap keeps.
    /// </summary>
    GazeNetwork,

    /// <summary>Iris network on one eye a frame, in turn: a fifth of a mesh. The head's pose as above.</summary>
    IrisNetwork,

    /// <summary>As the source has them: nothing to compute, right only where the swap keeps the eyes' place to the pixel.</summary>
    Source,

    /// <summary>Face mesh of its own: how two finished videos are compared.</summary>
    Mesh,
}

/// <summary>What is measured and what is left out. Written into the report.</summary>
public sealed record GazeOptions
{
    /// <summary>How the eyes of the output are found.</summary>
    public OutputEyes OutputEyes { get; init; } = OutputEyes.GazeNetwork;

    /// <summary>Whether each picture is also measured mirrored and both answers averaged.</summary>
    public bool AverageMirror { get; init; } = true;

    /// <summary>
    /// Frames that one look at the mirrored picture serves while the gaze rests, at least 1. At 8 the
    /// mean error of no clip grows by more than 0.1 degree (docs/gaze.md).
    /// </summary>
    public int MirrorSpan { get; init; } = 8;

    /// <summary>Faces turned further than this to the side are skipped, degrees: beyond it one eye hides behind the nose.</summary>
    public double ProfileLimitDegrees { get; init; } = 45;

    /// <summary>Measurements below this confidence are skipped, in [0, 1].</summary>
    public double MinConfidence { get; init; } = 0.25;

    /// <summary>A second gaze network to measure the same faces, by name or file; null for none.</summary>
    public string? Second { get; init; }

    /// <summary>Focal length over the larger frame side, for the line of sight.</summary>
    public double FocalRatio { get; init; } = CameraRay.DefaultFocalRatio;
}
