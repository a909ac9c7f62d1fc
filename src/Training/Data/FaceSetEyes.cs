using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.FaceSets;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Eyes of real faces out of a face set, with what other networks say of them in the place of truth: rough, and good for what rendered eyes do not show.</summary>
internal static class FaceSetEyes
{
    // The mesh's points nearest to iBUG 42 to 47 and 36 to 41, and the irises.
    private static readonly int[] LeftEye = [362, 385, 387, 263, 373, 380], RightEye = [33, 160, 158, 133, 153, 144];
    private const int LeftIris = 473, RightIris = 468;

    // Lid distance over eye width on the mesh of an eye at rest.
    private const float RestAperture = 0.3f;

    /// <summary>The faces of a set whose gaze and head are known.</summary>
    /// <param name="folder">What <c>extract</c> wrote.</param>
    /// <exception cref="UserFacingException">It is no face set.</exception>
    public static List<EyesSample> Load(string folder) => [.. FaceSet.Samples(folder).Select(face => Read(face, folder)).OfType<EyesSample>()];

    private static EyesSample? Read(FaceSample face, string folder)
    {
        if (face.GazeDegrees is not { } gaze || face.HeadDegrees is not { } head)
        {
            return null;
        }

        string file = Path.Combine(folder, face.File);
        using Mat picture = File.Exists(file) ? Cv2.ImRead(file, ImreadModes.Color) : new Mat();
        if (picture.Empty())
        {
            throw new UserFacingException(FailureKind.InputUnreadable, $"{file}, named in the face set's {FaceSet.Manifest}, is missing or no picture.");
        }

        Vector2[] mesh = [.. face.Landmarks.Select(point => new Vector2(point[0], point[1]))];
        double rotation = new SimilarityTransform(face.Transform[0], face.Transform[1], face.Transform[2], face.Transform[3]).Rotation;

        // Openness is stated for the image's left eye, the person's right one, first.
        EyeSample left = EyesSamples.Eye(picture, [.. LeftEye.Select(i => mesh[i])], mesh[LeftIris], default, face.Openness[1], face.Openness[1] / RestAperture);
        EyeSample right = EyesSamples.Eye(picture, [.. RightEye.Select(i => mesh[i])], mesh[RightIris], default, face.Openness[0], face.Openness[0] / RestAperture);
        Vector2 across = left.Centre - right.Centre;
        Vector3 Seen(double yaw, double pitch) => GazeSamples.TurnedInPlane(GazeAngles.FromDegrees(yaw, pitch).ToDirection(), rotation);
        return new(face.Source, left with { Gaze = Seen(gaze[0], gaze[1]) }, right with { Gaze = Seen(gaze[0], gaze[1]) }, Seen(gaze[0], gaze[1]), Seen(head[0], head[1]), Math.Atan2(across.Y, across.X), face.Size);
    }
}
