using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Live;

namespace VideoGaze.Stages.Measure;

/// <summary>Compares the gaze in frames of two videos, or of a video and its truth. Both pictures get their own landmarks. In order, one thread.</summary>
public sealed class GazeComparison : IDisposable
{
    private readonly GazeMeter meter;
    private readonly GazeOptions options;

    private GazeComparison(GazeMeter meter, GazeSetup setup)
    {
        this.meter = meter;
        options = setup.Options;
        Setup = setup;
    }

    /// <summary>Estimator, models and limits, for the report's first line.</summary>
    public GazeSetup Setup { get; }

    /// <summary>Who watches the run; null for nobody.</summary>
    public LiveFeed? Live { get; init; }

    /// <summary>Opens the networks.</summary>
    /// <param name="store">Holds the default estimator and, optionally, the open-eye network.</param>
    /// <param name="options">What is measured.</param>
    /// <param name="estimatorPath">Another gaze network; null for the default of the store.</param>
    /// <param name="live">Who watches the run; null for nobody.</param>
    public static GazeComparison Open(ModelStore store, GazeOptions options, string? estimatorPath = null, LiveFeed? live = null)
    {
        // Nobody waits for a picture here, and the landmarks cost three times as much as looking twice.
        options = options with { OutputEyes = OutputEyes.Mesh, MirrorSpan = 1 };
        GazeMeter meter = GazeSetup.OpenMeter(store, ref options, estimatorPath, out List<ModelRecord> models, out string estimator);
        return new(meter, new GazeSetup(estimator, models, options, GazeSetup.SecondOf(meter, models, options))) { Live = live };
    }

    /// <summary>One frame of the source against the frame of the output that is shown at the same time, if there is one.</summary>
    public FrameGazeRecord Compare(SightedFrame source, SightedFrame? output)
    {
        Live?.StartShowing(source.Stamp.Index);
        int[] match = PlacePairing.Match(PlacePairing.Boxes(source), output is null ? [] : PlacePairing.Boxes(output));
        var faces = new FaceGazeRecord[source.Faces.Count];
        for (int i = 0; i < faces.Length; i++)
        {
            SightedFace face = source.Faces[i];
            SightedFace? other = match[i] < 0 ? null : output!.Faces[match[i]];
            FaceGazeRecord record = meter.Compare(
                face.Track.TrackId,
                face.Track.Face.Box,
                HeadPose.FromMesh(face.Mesh),
                Subject(face, source, options.FocalRatio),
                other is null ? null : Subject(other, output!, options.FocalRatio));
            faces[i] = other is null ? record with { Skipped = GazeSkip.NoMatch } : record with { Change = FaceChange.Between(face.Crop, other.Crop) };
            if (other is not null)
            {
                Live?.Show(source.Stamp.Index, source.Stamp.Seconds, faces[i], View(face), View(other));
            }
        }

        return Record(source, faces);
    }

    /// <summary>One frame against what is known of it: the truth takes the place of the source, the video that of the output.</summary>
    public FrameGazeRecord Compare(TruthFrame truth, SightedFrame frame)
    {
        Live?.StartShowing(frame.Stamp.Index);
        int[] match = PlacePairing.Match(
            [.. truth.Persons.Select(person => PlacePairing.Normalise(person.Box, truth.Width, truth.Height))],
            PlacePairing.Boxes(frame));
        var faces = new List<FaceGazeRecord>();
        for (int i = 0; i < truth.Persons.Count; i++)
        {
            TruthPerson person = truth.Persons[i];
            SightedFace? face = match[i] < 0 ? null : frame.Faces[match[i]];

            // Tracks of truth are persons in the order of the file: a clip has few, named by one letter from A.
            int track = person.Id.Length == 1 && char.IsAsciiLetterUpper(person.Id[0]) ? person.Id[0] - 'A' + 1 : i + 1;
            FaceGazeRecord measured = meter.Compare(track, person.Box, person.Head, null, face is null ? null : Subject(face, frame, options.FocalRatio));
            faces.Add(Score(person, measured, face is not null));
            if (face is not null)
            {
                Live?.Show(frame.Stamp.Index, frame.Stamp.Seconds, faces[^1], View(face));
            }
        }

        return Record(frame, faces);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private static FaceGazeRecord Score(TruthPerson person, FaceGazeRecord measured, bool found)
    {
        var source = new EyesRecord(
            FaceGazeRecord.Round(person.Gaze.YawDegrees, 3),
            FaceGazeRecord.Round(person.Gaze.PitchDegrees, 3),
            [],
            !person.EyesOpen,
            [],
            1);
        EyesRecord? output = measured.Output;
        GazeSkip? skip = !found ? GazeSkip.NoMatch
            : measured.Skipped == GazeSkip.Profile ? GazeSkip.Profile
            : !person.EyesOpen || output is not { Yaw: not null } ? GazeSkip.EyesClosed
            : null;
        double? error = skip is null
            ? FaceGazeRecord.Round(GazeAngles.AngularError(person.Gaze, GazeAngles.FromDegrees(output!.Yaw!.Value, output.Pitch!.Value)) * 180 / Math.PI, 3)
            : null;
        double? secondError = error is not null && output?.Second is { } second
            ? FaceGazeRecord.Round(GazeAngles.AngularError(person.Gaze, GazeAngles.FromDegrees(second.Yaw, second.Pitch)) * 180 / Math.PI, 3)
            : null;
        return measured with { Source = source, Error = error, Skipped = skip, SecondError = secondError };
    }

    private static FrameGazeRecord Record(SightedFrame frame, IReadOnlyList<FaceGazeRecord> faces) =>
        FrameGazeRecord.Of(frame.Stamp, faces);

    private static EyesView View(SightedFace face)
    {
        EyePair eyes = EyePair.FromMesh(face.Mesh);
        return new(face.Crop, face.ToCrop.Apply((eyes.Left.Centre + eyes.Right.Centre) / 2), face.ToCrop.Rotation);
    }

    /// <summary>A face as a meter takes it.</summary>
    internal static GazeSubject Subject(SightedFace face, SightedFrame frame, double focalRatio)
    {
        EyePair inFrame = EyePair.FromMesh(face.Mesh);
        Vector2 between = (inFrame.Left.Centre + inFrame.Right.Centre) / 2;
        return new(
            face.Crop,
            inFrame.Transformed(face.ToCrop),
            GazeStage.BoundsOf(face.Mesh, face.ToCrop),
            HeadPose.FromMesh(face.Mesh).Turned(face.ToCrop.Rotation),
            face.ToCrop.Rotation,
            CameraRay.Through(between, frame.Width, frame.Height, (float)focalRatio),
            face.Mesh.Score);
    }
}
