using System.Text.Json.Serialization;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Report;

/// <summary>Why a face's error is not counted.</summary>
public enum GazeSkip
{
    /// <summary>The eyes are shut in the source, the output or both: a shut eye looks nowhere.</summary>
    EyesClosed,

    /// <summary>The face is turned too far to the side.</summary>
    Profile,

    /// <summary>The estimator doubts its answer.</summary>
    LowConfidence,

    /// <summary>No eyes or landmarks were found in the source or the output.</summary>
    NoEyes,

    /// <summary>The other video has no face at this time and place.</summary>
    NoMatch,
}

/// <summary>What was measured in one frame: one line of the report. Angles in degrees, convention of <see cref="Faces.Gaze.GazeAngles"/>.</summary>
/// <param name="Frame">Index from 0.</param>
/// <param name="Pts">Presentation time in ticks of <paramref name="TimeBase"/>, as the container states it.</param>
/// <param name="TimeBase">Seconds a tick as a ratio, for instance <c>1/15360</c>.</param>
/// <param name="Time">Presentation time in seconds.</param>
/// <param name="Faces">One entry a face; empty where nobody is there.</param>
public sealed record FrameGazeRecord(long Frame, long Pts, string TimeBase, double Time, IReadOnlyList<FaceGazeRecord> Faces)
{
    /// <summary>Says what the line is: <c>frame</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "frame";

    /// <summary>The record of a frame.</summary>
    internal static FrameGazeRecord Of(FrameStamp stamp, IReadOnlyList<FaceGazeRecord> faces) =>
        new(stamp.Index, stamp.Pts, stamp.TimeBase.ToString(), FaceGazeRecord.Round(stamp.Seconds, 6), faces);
}

/// <summary>One face in one frame.</summary>
/// <param name="Track">Which person, stable over frames.</param>
/// <param name="Box">[x, y, width, height] in frame pixels of the source.</param>
/// <param name="Head">Head pose of the source, relative to the line of sight; null where no landmarks were found.</param>
/// <param name="Source">What the source shows; null where nothing could be measured.</param>
/// <param name="Output">What the output shows; null where nothing could be measured.</param>
/// <param name="Error">Angle between both gaze directions in degrees; null where it does not count.</param>
/// <param name="Skipped">Why it does not count; null where it does.</param>
/// <param name="Gate">What the gate did to the face; null (and left out) where it had nothing to do.</param>
/// <param name="SecondError">The angle by a second estimator; null (and left out) where there is none or the face does not count for both.</param>
/// <param name="Change">Mean difference of both faces below the eyes in colour levels, 0 to 255; null (and left out) where only the eyes are looked at, as in <c>process</c>.</param>
public sealed record FaceGazeRecord(
    int Track,
    double[] Box,
    HeadRecord? Head,
    EyesRecord? Source,
    EyesRecord? Output,
    double? Error,
    GazeSkip? Skipped,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FaceGate? Gate = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? SecondError = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Change = null)
{
    internal static double[] BoxOf(FaceBox box) => [Round(box.X, 1), Round(box.Y, 1), Round(box.Width, 1), Round(box.Height, 1)];

    /// <summary>Rounds for the report: no digit that the measurement cannot hold.</summary>
    internal static double Round(double value, int digits) => double.IsFinite(value) ? Math.Round(value, digits) : 0;
}

/// <summary>Head pose in degrees.</summary>
/// <param name="Yaw">&gt; 0: turned to the image's right.</param>
/// <param name="Pitch">&gt; 0: turned up.</param>
/// <param name="Roll">&gt; 0: counter-clockwise in the image.</param>
public sealed record HeadRecord(double Yaw, double Pitch, double Roll);

/// <summary>The eyes of one face in one picture.</summary>
/// <param name="Yaw">Gaze in degrees, &gt; 0 to the image's right, camera frame; null where the eyes are shut or out of sight.</param>
/// <param name="Pitch">Gaze in degrees, &gt; 0 up.</param>
/// <param name="Openness">[the person's left eye, right eye]: lid distance over eye width.</param>
/// <param name="Blink">Whether the eyes are shut.</param>
/// <param name="Iris">[along, down]: place of the irises between the eye corners in eye widths, mean of both eyes, 0 in the middle; along &gt; 0 to the image's right. A second sign of gaze that no network of the gaze kind takes part in.</param>
/// <param name="Confidence">In [0, 1]; 0 where the gaze was not measured.</param>
/// <param name="Second">What a second estimator says; null (and left out) where there is none or the gaze was not measured.</param>
public sealed record EyesRecord(
    double? Yaw,
    double? Pitch,
    double[] Openness,
    bool Blink,
    double[] Iris,
    double Confidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SecondGaze? Second = null);
