using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>A labelled picture of one face.</summary>
/// <param name="Picture">BGR, 8 bit; lives as long as the set.</param>
/// <param name="Points">Eye centres, nose tip, mouth corners in picture pixels, left to right as seen in the image.</param>
/// <param name="Gaze">Unit vector relative to the line of sight to the face: (0, 0, -1) looks at the camera.</param>
/// <param name="Openness">Mean lid opening of both eyes, 0 shut, 1 at rest.</param>
internal sealed record GazeSample(Mat Picture, Vector2[] Points, Vector3 Gaze, float Openness);

/// <summary>Reads labels in the NDJSON of rendered performers (68 landmarks, gaze and head in the camera frame) together with their pictures.</summary>
internal static class GazeSamples
{
    /// <summary>All pictures with one person in them.</summary>
    /// <param name="labels">The NDJSON file; picture paths in it are relative to its folder.</param>
    /// <exception cref="UserFacingException">The file or a picture cannot be read.</exception>
    public static List<GazeSample> Load(string labels)
    {
        if (!File.Exists(labels))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{labels} does not exist; name the label file of a gaze training set.");
        }

        var samples = new List<GazeSample>();
        foreach (string line in File.ReadLines(labels))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.GetProperty("persons").GetArrayLength() != 1)
            {
                continue;
            }

            JsonElement person = root.GetProperty("persons")[0];
            string file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(labels))!, root.GetProperty("file").GetString()!);
            Mat picture = Cv2.ImRead(file, ImreadModes.Color);
            if (picture.Empty())
            {
                throw new UserFacingException(FailureKind.InputUnreadable, $"{file}, named in {labels}, is no picture.");
            }

            Vector2[] landmarks = [.. person.GetProperty("landmarks68_px").EnumerateArray().Select(point => new Vector2(point[0].GetSingle(), point[1].GetSingle()))];
            JsonElement eyes = person.GetProperty("eyes");
            float openness = (eyes.GetProperty("L").GetProperty("openness").GetSingle() + eyes.GetProperty("R").GetProperty("openness").GetSingle()) / 2;
            Vector3 gaze = FromLineOfSight(Vector(person.GetProperty("gaze").GetProperty("dir")), Vector(person.GetProperty("head").GetProperty("position_cm")));
            samples.Add(new(picture, FivePoints(landmarks), gaze, Math.Clamp(openness, 0, 1)));
        }

        return samples;
    }

    /// <summary>Five points out of the iBUG 68: eye centres are means of six lid points.</summary>
    internal static Vector2[] FivePoints(Vector2[] landmarks68) =>
        [Mean(landmarks68.AsSpan(36, 6)), Mean(landmarks68.AsSpan(42, 6)), landmarks68[30], landmarks68[48], landmarks68[54]];

    /// <summary>
    /// Turns a direction as if the camera had been turned to face the head, by the shortest rotation. A crop shows nothing of where in the
    /// frame it was cut, so gaze relative to the line of sight is all that can be learned from it.
    /// </summary>
    internal static Vector3 FromLineOfSight(Vector3 direction, Vector3 position)
    {
        Vector3 ray = Vector3.Normalize(position);
        Vector3 axis = Vector3.Cross(ray, Vector3.UnitZ);
        float sine = axis.Length();
        return sine < 1e-6f
            ? direction
            : Vector3.Transform(direction, Quaternion.CreateFromAxisAngle(axis / sine, MathF.Atan2(sine, ray.Z)));
    }

    /// <summary>The same gaze seen in a picture that was turned in its plane, clockwise on a screen.</summary>
    internal static Vector3 TurnedInPlane(Vector3 direction, double clockwiseRadians)
    {
        (float sine, float cosine) = MathF.SinCos((float)clockwiseRadians);
        return new((cosine * direction.X) - (sine * direction.Y), (sine * direction.X) + (cosine * direction.Y), direction.Z);
    }

    /// <summary>Cuts the aligned crop (optionally moved) and turns the gaze with it.</summary>
    internal static (Mat Crop, GazeAngles Gaze) Cut(GazeSample sample, int size, SimilarityTransform jitter)
    {
        SimilarityTransform toCrop = AlignmentTemplate.DflWholeFace.TransformFrom(sample.Points, size).Then(jitter);
        Mat crop = CropWarp.Warp(sample.Picture, toCrop, size);
        return (crop, GazeAngles.FromDirection(TurnedInPlane(sample.Gaze, toCrop.Rotation)));
    }

    private static Vector3 Vector(JsonElement triple) => new(triple[0].GetSingle(), triple[1].GetSingle(), triple[2].GetSingle());

    private static Vector2 Mean(ReadOnlySpan<Vector2> points)
    {
        Vector2 sum = default;
        foreach (Vector2 point in points)
        {
            sum += point;
        }

        return sum / points.Length;
    }
}
