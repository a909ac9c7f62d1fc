using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Features;

/// <summary>Measures the <see cref="EyeSignal"/>s of faces, each person's frames in order.</summary>
/// <param name="meter">Stays the caller's.</param>
/// <param name="options">Limits and camera.</param>
internal sealed class EyeProbe(GazeMeter meter, GazeOptions options)
{
    /// <summary>Measures a face.</summary>
    public EyeMoment Measure(SightedFace face, SightedFrame frame)
    {
        var head = HeadPose.FromMesh(face.Mesh);
        bool profile = Math.Abs(head.YawDegrees) > options.ProfileLimitDegrees;
        GazeSubject subject = GazeComparison.Subject(face, frame, options.FocalRatio);
        (EyesRecord? seen, GazeEstimate? gaze) = meter.Look(face.Track.TrackId, subject, profile);
        EyesRecord eyes = seen!;
        float[] signals = new float[Enum.GetValues<EyeSignal>().Length];
        Array.Fill(signals, float.NaN);
        if (!profile)
        {
            AddShape(signals, face, subject.Eyes);
        }

        // Shut eyes and doubtful answers look nowhere.
        if (gaze is { } measured && eyes.Confidence >= options.MinConfidence)
        {
            AddGaze(signals, face, frame, head, measured);
            AddColors(signals, face);
        }

        return new(frame.Stamp.Index, frame.Seconds, signals, eyes);
    }

    private void AddGaze(float[] signals, SightedFace face, SightedFrame frame, HeadPose head, GazeEstimate gaze)
    {
        Set(signals, EyeSignal.GazeYaw, gaze.Combined.YawDegrees);
        Set(signals, EyeSignal.GazePitch, gaze.Combined.PitchDegrees);
        Set(signals, EyeSignal.InHeadYaw, gaze.Combined.YawDegrees - head.YawDegrees);
        Set(signals, EyeSignal.InHeadPitch, gaze.Combined.PitchDegrees - head.PitchDegrees);
        if (gaze.Left is not { } relativeLeft || gaze.Right is not { } relativeRight)
        {
            return;
        }

        var eyes = EyePair.FromMesh(face.Mesh);
        GazeAngles left = Turned(relativeLeft, eyes.Left), right = Turned(relativeRight, eyes.Right);
        Set(signals, EyeSignal.LeftYaw, left.YawDegrees);
        Set(signals, EyeSignal.RightYaw, right.YawDegrees);
        Set(signals, EyeSignal.LeftPitch, left.PitchDegrees);
        Set(signals, EyeSignal.RightPitch, right.PitchDegrees);
        Set(signals, EyeSignal.VerticalDisparity, left.PitchDegrees - right.PitchDegrees);

        // A turned head shows both eyes closer together than they are.
        float apart = Vector2.Distance(eyes.Left.Centre, eyes.Right.Centre) / Math.Max(MathF.Cos(head.Yaw), 0.5f);
        var rays = EyeRays.Of(left, right, Place(eyes.Left, apart), Place(eyes.Right, apart));
        Set(signals, EyeSignal.Vergence, rays.VergenceDegrees);
        Set(signals, EyeSignal.MeetingPoint, rays.Dioptres);
        Set(signals, EyeSignal.RayGap, rays.GapMillimetres);

        GazeAngles Turned(GazeAngles relative, EyePoints eye) =>
            CameraRay.Through(eye.Centre, frame.Width, frame.Height, (float)options.FocalRatio).ToCamera(relative, face.ToCrop.Rotation);

        Vector3 Place(EyePoints eye, float pixelsApart) => EyeRays.Place(eye.Centre, pixelsApart, frame.Width, frame.Height, options.FocalRatio);
    }

    private static void AddShape(float[] signals, SightedFace face, EyePair inCrop)
    {
        Set(signals, EyeSignal.LeftOpenness, inCrop.Left.Openness);
        Set(signals, EyeSignal.RightOpenness, inCrop.Right.Openness);
        Set(signals, EyeSignal.LeftArea, Area(MeshTopology.ImageRightEye, inCrop.Left));
        Set(signals, EyeSignal.RightArea, Area(MeshTopology.ImageLeftEye, inCrop.Right));
        Vector2 left = GazeMeter.Place(inCrop.Left, inCrop.Tilt), right = GazeMeter.Place(inCrop.Right, inCrop.Tilt);
        Set(signals, EyeSignal.LeftIrisAlong, left.X);
        Set(signals, EyeSignal.RightIrisAlong, right.X);
        Set(signals, EyeSignal.LeftIrisDown, left.Y);
        Set(signals, EyeSignal.RightIrisDown, right.Y);
        Set(signals, EyeSignal.LeftIrisDiameter, 2 * Radius(face, MeshTopology.ImageRightIris) / Math.Max(inCrop.Left.Width, 1));
        Set(signals, EyeSignal.RightIrisDiameter, 2 * Radius(face, MeshTopology.ImageLeftIris) / Math.Max(inCrop.Right.Width, 1));

        double Area(IReadOnlyList<int> contour, EyePoints eye) =>
            Math.Abs(Polygon.SignedArea(Contour(face, contour))) / Math.Max(eye.Width * eye.Width, 1);
    }

    private static void AddColors(float[] signals, SightedFace face)
    {
        using Mat crop = PlaneView.Of(face.Crop);
        EyeColors left = Colors(MeshTopology.ImageRightEye, MeshTopology.ImageRightIris), right = Colors(MeshTopology.ImageLeftEye, MeshTopology.ImageLeftIris);
        SetIf(EyeSignal.LeftIrisLightness, left.Iris?.X);
        SetIf(EyeSignal.RightIrisLightness, right.Iris?.X);
        SetIf(EyeSignal.LeftScleraLightness, left.Sclera?.X);
        SetIf(EyeSignal.RightScleraLightness, right.Sclera?.X);
        SetIf(EyeSignal.IrisColorDifference, left.Iris is { } a && right.Iris is { } b ? Vector3.Distance(a, b) : null);
        SetIf(EyeSignal.ScleraColorDifference, left.Sclera is { } c && right.Sclera is { } d ? Vector3.Distance(c, d) : null);

        EyeColors Colors(IReadOnlyList<int> contour, IReadOnlyList<int> iris) =>
            EyeColors.Of(crop, Contour(face, contour), face.ToCrop.Apply(face.Mesh.At(iris[0])), Math.Max(Radius(face, iris), 1));

        void SetIf(EyeSignal signal, float? value)
        {
            if (value is { } known)
            {
                Set(signals, signal, known);
            }
        }
    }

    private static Vector2[] Contour(SightedFace face, IReadOnlyList<int> ring) => [.. ring.Select(index => face.ToCrop.Apply(face.Mesh.At(index)))];

    /// <summary>Mean distance of the iris's ring from its middle, crop pixels.</summary>
    private static float Radius(SightedFace face, IReadOnlyList<int> iris)
    {
        Vector2[] points = Contour(face, iris);
        return points.Skip(1).Average(point => Vector2.Distance(point, points[0]));
    }

    private static void Set(float[] signals, EyeSignal signal, double value) => signals[(int)signal] = (float)value;
}
