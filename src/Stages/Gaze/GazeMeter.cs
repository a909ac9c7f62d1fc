using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>One face in one picture, ready to be measured; coordinates in pixels of the crop.</summary>
/// <param name="Crop">Upright face, <see cref="PixelFormat.Bgr24"/>. Belongs to the caller.</param>
/// <param name="Eyes">Where the eyes are.</param>
/// <param name="Face">The face.</param>
/// <param name="Head">How the head is turned, roll as seen in the crop.</param>
/// <param name="Rotation">How the crop was turned when it was cut, radians clockwise on a screen.</param>
/// <param name="Ray">Line of sight to the eyes.</param>
/// <param name="Score">How sure the landmarks are, in [0, 1].</param>
internal readonly record struct GazeSubject(PixelBuffer Crop, EyePair Eyes, FaceBox Face, HeadPose Head, double Rotation, CameraRay Ray, float Score);

/// <summary>Measures pairs of pictures of one face and remembers each person's open eye and mirror image. In order, one thread.</summary>
internal sealed class GazeMeter : IDisposable
{
    private enum Side
    {
        Source,
        Output,
        Repaired,
    }

    private readonly GazeOptions options;
    private readonly IGazeEstimator estimator;
    private readonly OpenEyeClassifier? openEyes;
    private readonly Dictionary<(int Track, Side Side), Memory> memories = [];

    /// <param name="options">Limits.</param>
    /// <param name="estimator">Owned.</param>
    /// <param name="openEyes">Owned; null where the model is absent: then lids alone decide.</param>
    /// <param name="second">Owned; measures every open eye as well. Null for none.</param>
    public GazeMeter(GazeOptions options, IGazeEstimator estimator, OpenEyeClassifier? openEyes, IGazeEstimator? second = null)
    {
        this.options = options;
        Second = second;
        this.estimator = estimator;
        this.openEyes = openEyes;
    }

    /// <summary>How much of a face has to be in its crop.</summary>
    public GazeRegion Region => Second is { Region: GazeRegion.Face } ? GazeRegion.Face : estimator.Region;

    /// <summary>A second opinion; null where there is none.</summary>
    public IGazeEstimator? Second { get; }

    /// <summary>Compares one face in two pictures.</summary>
    /// <param name="track">The person.</param>
    /// <param name="box">Frame pixels of the source.</param>
    /// <param name="head">Head pose of the source in the frame.</param>
    /// <param name="source">Null where no landmarks were found.</param>
    /// <param name="output">Null where no landmarks were found.</param>
    public FaceGazeRecord Compare(int track, FaceBox box, HeadPose? head, GazeSubject? source, GazeSubject? output)
    {
        bool profile = head is { } pose && Math.Abs(pose.YawDegrees) > options.ProfileLimitDegrees;
        (EyesRecord? sourceEyes, GazeEstimate? sourceGaze) = Measure(track, Side.Source, source, profile);
        (EyesRecord? outputEyes, GazeEstimate? outputGaze) = Measure(track, Side.Output, output, profile);
        (double? error, GazeSkip? skip) = Judge(profile, sourceEyes, outputEyes, sourceGaze?.Combined, outputGaze?.Combined);
        double? secondError = error is null ? null : SecondErrorOf(sourceEyes, outputEyes);
        HeadRecord? headRecord = head is { } turned
            ? new(FaceGazeRecord.Round(turned.YawDegrees, 2), FaceGazeRecord.Round(turned.PitchDegrees, 2), FaceGazeRecord.Round(turned.RollDegrees, 2))
            : null;
        return new(track, FaceGazeRecord.BoxOf(box), headRecord, sourceEyes, outputEyes, error, skip, SecondError: secondError);
    }

    /// <summary>Compares a face once more whose output now has the source's own eyes. What is remembered of the output as it was stays as it is.</summary>
    /// <param name="before">What <see cref="Compare"/> just said of the face.</param>
    /// <param name="output">The changed picture.</param>
    public FaceGazeRecord CompareAgain(FaceGazeRecord before, GazeSubject output)
    {
        bool profile = before.Skipped == GazeSkip.Profile;
        (EyesRecord? eyes, GazeEstimate? gaze) = Measure(before.Track, Side.Repaired, output, profile);
        GazeAngles? source = before.Source is { Yaw: { } yaw, Pitch: { } pitch } ? GazeAngles.FromDegrees(yaw, pitch) : null;
        (double? error, GazeSkip? skip) = Judge(profile, before.Source, eyes, source, gaze?.Combined);
        return before with { Output = eyes, Error = error, Skipped = skip, SecondError = error is null ? null : SecondErrorOf(before.Source, eyes) };
    }

    /// <summary>Measures one picture alone, as the source of a comparison is.</summary>
    /// <param name="track">The person.</param>
    /// <param name="subject">The face.</param>
    /// <param name="profile">Whether it is turned too far for a gaze.</param>
    public (EyesRecord? Eyes, GazeEstimate? Gaze) Look(int track, GazeSubject subject, bool profile) => Measure(track, Side.Source, subject, profile);

    /// <inheritdoc/>
    public void Dispose()
    {
        estimator.Dispose();
        openEyes?.Dispose();
        Second?.Dispose();
    }

    /// <summary>The error by the second estimator, where it trusts both of its answers.</summary>
    private double? SecondErrorOf(EyesRecord? source, EyesRecord? output) =>
        source?.Second is { } a && output?.Second is { } b && Math.Min(a.Confidence, b.Confidence) >= options.MinConfidence
            ? FaceGazeRecord.Round(GazeAngles.AngularError(GazeAngles.FromDegrees(a.Yaw, a.Pitch), GazeAngles.FromDegrees(b.Yaw, b.Pitch)) * 180 / Math.PI, 3)
            : null;

    private (double? Error, GazeSkip? Skipped) Judge(bool profile, EyesRecord? source, EyesRecord? output, GazeAngles? sourceGaze, GazeAngles? outputGaze)
    {
        GazeSkip? skip = profile ? GazeSkip.Profile
            : source is null || output is null ? GazeSkip.NoEyes
            : source.Blink || output.Blink ? GazeSkip.EyesClosed
            : Math.Min(source.Confidence, output.Confidence) < options.MinConfidence ? GazeSkip.LowConfidence
            : null;
        double? error = skip is null && sourceGaze is { } a && outputGaze is { } b
            ? FaceGazeRecord.Round(GazeAngles.AngularError(a, b) * 180 / Math.PI, 3)
            : null;
        return (error, skip);
    }

    /// <summary>Eyes of one picture, and the gaze in the camera frame where the eyes are open and in sight.</summary>
    private (EyesRecord? Eyes, GazeEstimate? Gaze) Measure(int track, Side side, GazeSubject? subject, bool profile)
    {
        if (subject is not { } face)
        {
            return (null, null);
        }

        // Networks that find the eyes of a swapped face do it in the run that measures, so that run comes first; elsewhere shut eyes are spared it.
        GazeEstimate? found = null;
        if (side != Side.Source && !profile && options.OutputEyes == OutputEyes.GazeNetwork && estimator is IEyeFindingEstimator finder)
        {
            found = finder.Estimate(new GazeView(face.Crop, face.Eyes, face.Face, face.Head), out EyePair eyes);
            face = face with { Eyes = eyes };
        }

        if (!memories.TryGetValue((track, side), out Memory? memory))
        {
            // Repaired eyes are the source's, seen now and then: they are judged by what is known of the source's.
            BlinkDetector known = side == Side.Repaired ? memories[(track, Side.Source)].Blinks : new BlinkDetector();
            memories[(track, side)] = memory = new(known, new(options.MirrorSpan), new(options.MirrorSpan));
        }

        // An eye that the classifier calls shut counts as half as open: lids and classifier have to agree, roughly, before a blink is seen.
        // A turned face shows its eyes narrower but no lower: the ratio grows by 1 / cos(yaw).
        float openness = face.Eyes.Openness * MathF.Cos(face.Head.Yaw);
        if (openEyes is not null)
        {
            openness *= 0.5f + (0.5f * openEyes.OpenProbability(face.Crop, face.Eyes));
        }

        bool shut = !profile && (side == Side.Repaired ? memory.Blinks.WouldBeShut(openness) : memory.Blinks.Next(openness));
        double[] opennesses = [FaceGazeRecord.Round(face.Eyes.Left.Openness, 3), FaceGazeRecord.Round(face.Eyes.Right.Openness, 3)];
        Vector2 iris = IrisPlace(face.Eyes);
        double[] irisPlace = [FaceGazeRecord.Round(iris.X, 3), FaceGazeRecord.Round(iris.Y, 3)];
        if (shut || profile)
        {
            memory.Mirror.Forget();
            memory.SecondMirror.Forget();
            return (new(null, null, opennesses, shut, irisPlace, 0), null);
        }

        GazeEstimate raw = found ?? estimator.Estimate(new GazeView(face.Crop, face.Eyes, face.Face, face.Head), memory.Mirror);
        GazeEstimate gaze = raw with { Combined = face.Ray.ToCamera(raw.Combined, face.Rotation) };
        double confidence = FaceGazeRecord.Round(raw.Confidence * face.Score, 3);
        return (
            new(FaceGazeRecord.Round(gaze.Combined.YawDegrees, 3), FaceGazeRecord.Round(gaze.Combined.PitchDegrees, 3), opennesses, shut, irisPlace, confidence, AskSecond(face, memory)),
            gaze);
    }

    private SecondGaze? AskSecond(GazeSubject face, Memory memory)
    {
        if (Second is null)
        {
            return null;
        }

        GazeEstimate raw = Second.Estimate(new GazeView(face.Crop, face.Eyes, face.Face, face.Head), memory.SecondMirror);
        GazeAngles gaze = face.Ray.ToCamera(raw.Combined, face.Rotation);
        return new(FaceGazeRecord.Round(gaze.YawDegrees, 3), FaceGazeRecord.Round(gaze.PitchDegrees, 3), FaceGazeRecord.Round(raw.Confidence * face.Score, 3));
    }

    /// <summary>Iris centres between the corners, in eye widths, mean of both eyes; x to the image's right, y down, in the eyes' own tilt.</summary>
    private static Vector2 IrisPlace(EyePair eyes) => (Place(eyes.Left, eyes.Tilt) + Place(eyes.Right, eyes.Tilt)) / 2;

    /// <summary>Iris centre from the middle of the eye, in eye widths; x to the image's right, y down, in the eyes' tilt.</summary>
    internal static Vector2 Place(EyePoints eye, double tilt)
    {
        (float sin, float cos) = MathF.SinCos((float)tilt);
        Vector2 offset = (eye.Iris - eye.Centre) / Math.Max(eye.Width, 1e-3f);
        return new((cos * offset.X) + (sin * offset.Y), (cos * offset.Y) - (sin * offset.X));
    }

    /// <summary>What is remembered of a face in one of the pictures.</summary>
    private sealed record Memory(BlinkDetector Blinks, MirrorMemory Mirror, MirrorMemory SecondMirror);
}
