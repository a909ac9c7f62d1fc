using System.Text.Json.Serialization;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Score;

/// <summary>What was scored at one moment: one line of the per-frame file. Angles in degrees, convention of <see cref="Faces.Gaze.GazeAngles"/>.</summary>
/// <param name="Frame">Index of the true swap's frame, from 0.</param>
/// <param name="Time">Seconds since the true swap's first frame.</param>
/// <param name="Truth">What is known of the person; null where nobody is there or the truth has no such frame.</param>
/// <param name="Output">The video that is scored; null where it has no such frame or nobody is there.</param>
/// <param name="TrueSwap">The true swap, measured the same way: the floor of every measure.</param>
/// <param name="NoSwap">The target, measured the same way: what doing nothing scores. Null where it is not given.</param>
public sealed record FrameScore(long Frame, double Time, TruthScore? Truth, FaceScore? Output, FaceScore? TrueSwap, FaceScore? NoSwap)
{
    /// <summary>Says what the line is: <c>frame</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "frame";

    /// <summary>Whether the output has no frame of this moment.</summary>
    [JsonIgnore]
    public bool OutputMissing { get; init; }

    /// <summary>Whether the truth has no frame of this moment.</summary>
    [JsonIgnore]
    public bool TruthMissing { get; init; }
}

/// <summary>What the truth states of the scored person.</summary>
/// <param name="Yaw">Gaze, degrees, &gt; 0 to the image's right.</param>
/// <param name="Pitch">Gaze, degrees, &gt; 0 up.</param>
/// <param name="HeadYaw">Degrees, &gt; 0 turned to the image's right.</param>
/// <param name="Openness">Mean of both eyes: 1 at rest, 0 shut.</param>
/// <param name="EyesOpen">Whether the eyes look somewhere.</param>
public sealed record TruthScore(double Yaw, double Pitch, double HeadYaw, double Openness, bool EyesOpen);

/// <summary>One video's face at one moment. A measure is null where it could not be taken.</summary>
public sealed record FaceScore
{
    /// <summary>Whether a face was found where the truth has one.</summary>
    public bool Found { get; init; }

    /// <summary>Measured gaze, degrees, &gt; 0 to the image's right.</summary>
    public double? Yaw { get; init; }

    /// <summary>Measured gaze, degrees, &gt; 0 up.</summary>
    public double? Pitch { get; init; }

    /// <summary>Angle between measured and true gaze, degrees.</summary>
    public double? GazeError { get; init; }

    /// <summary>Why the gaze does not count; null where it does.</summary>
    public GazeSkip? Skipped { get; init; }

    /// <summary>Angle between the gaze measured here and in the true swap, degrees: what the estimator gets wrong in both cancels.</summary>
    public double? GazeToTrueSwap { get; init; }

    /// <summary>Whether the eyes are seen shut; null where no eyes were found.</summary>
    public bool? Blink { get; init; }

    /// <summary>Median distance of the 68 landmarks from the true ones, in distances of the outer eye corners.</summary>
    public double? Landmarks { get; init; }

    /// <summary>The same from the landmarks measured in the true swap.</summary>
    public double? LandmarksToTrueSwap { get; init; }

    /// <summary>Mean distance of both iris centres from the true ones, in distances of the outer eye corners; null where the eyes are shut.</summary>
    public double? Irises { get; init; }

    /// <summary>Angle between measured and true head pose, degrees.</summary>
    public double? Pose { get; init; }

    /// <summary>Angle between the head pose measured here and in the true swap, degrees.</summary>
    public double? PoseToTrueSwap { get; init; }

    /// <summary>The picture inside the face against the true swap.</summary>
    public PictureScore? Face { get; init; }

    /// <summary>The picture around the eyes against the true swap.</summary>
    public PictureScore? Eyes { get; init; }

    /// <summary>Mean absolute change since the frame before of the difference from the true swap, 0..255.</summary>
    public double? Flicker { get; init; }

    /// <summary>Excess of the step across the rim of the change, relative to the step that belongs there; 0 is invisible.</summary>
    public double? Seam { get; init; }

    /// <summary>The excess in levels, 0..255.</summary>
    public double? SeamLevels { get; init; }

    /// <summary>Likeness to the true swap's face at the same moment, cosine.</summary>
    public double? LikenessToTrueSwap { get; init; }

    /// <summary>Likeness to the target's face at the same moment, cosine.</summary>
    public double? LikenessToTarget { get; init; }

    /// <summary>Likeness to the photos of the person put in, cosine.</summary>
    public double? LikenessToPhotos { get; init; }
}

/// <summary>A picture against the true swap's in one region.</summary>
/// <param name="Ssim">Structural similarity; 1 is equal.</param>
/// <param name="HaarPsi">Perceptual similarity; 1 is equal.</param>
/// <param name="MeanAbsolute">Mean absolute difference of colours, 0..255.</param>
/// <param name="Sharpness">Fine detail over the true swap's; 1 is as sharp, less is softer.</param>
public sealed record PictureScore(double Ssim, double HaarPsi, double MeanAbsolute, double Sharpness);
