using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data.Landmarks;

/// <summary>Reads rendered performers: pictures with exact landmarks, irises and lid openings.</summary>
internal static class RenderedFaces
{
    /// <summary>All pictures of a label file; the first person is the one that is learned.</summary>
    /// <param name="labels">NDJSON as <c>perform --dataset</c> writes it; picture paths in it are relative to its folder.</param>
    /// <param name="teacher">Adds its mesh; null leaves it out.</param>
    /// <exception cref="UserFacingException">The file or a picture cannot be read.</exception>
    public static IEnumerable<LandmarkSample> Load(string labels, MeshTeacher? teacher)
    {
        if (!File.Exists(labels))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{labels} does not exist; name the label file of a set of rendered faces.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(labels))!;
        foreach (string line in File.ReadLines(labels))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            foreach (JsonElement picture in LabelLine.Pictures(document.RootElement))
            {
                JsonElement persons = picture.GetProperty("persons");
                if (persons.GetArrayLength() > 0)
                {
                    yield return Read(Path.Combine(folder, picture.GetProperty("file").GetString()!), persons, teacher);
                }
            }
        }
    }

    private static LandmarkSample Read(string path, JsonElement persons, MeshTeacher? teacher)
    {
        Mat picture = Cv2.ImRead(path, ImreadModes.Color);
        if (picture.Empty())
        {
            throw new UserFacingException(FailureKind.InputUnreadable, $"{path}, named among the labels, is no picture.");
        }

        JsonElement person = persons[0], eyes = person.GetProperty("eyes");
        Vector2[] landmarks = [.. person.GetProperty("landmarks68_px").EnumerateArray().Select(Point)];

        // The person's right eye is the image's left one.
        JsonElement[] imageOrder = [eyes.GetProperty("R"), eyes.GetProperty("L")];
        SimilarityTransform place = PlaceOf(landmarks);
        FaceMesh? mesh = teacher?.Ask(path, picture, place);
        return new(picture, Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(path)!)!), [.. persons.EnumerateArray().Select(BoxOf)], mesh)
        {
            Mesh = mesh,
            Landmarks = landmarks,
            Registration = person.TryGetProperty("registration_px", out JsonElement points) ? [.. points.EnumerateArray().Select(Point)] : null,
            Exact = true,
            Openness = [.. imageOrder.Select(eye => Math.Clamp(eye.GetProperty("openness").GetSingle(), 0, 1.3f))],
            Irises = [.. imageOrder.Select(eye => Point(eye.GetProperty("iris_px")))],
            IrisRadii = [.. imageOrder.Select(eye => eye.GetProperty("iris_radius_px").GetSingle())],
            YawDegrees = person.GetProperty("head").GetProperty("yaw_deg").GetSingle(),
            Person = person.GetProperty("id").GetString(),
        };
    }

    /// <summary>Where a network that knows the mesh only would be pointed at: the upright square about the 68 points, which end at the brows, with room for the forehead.</summary>
    internal static SimilarityTransform PlaceOf(Vector2[] landmarks)
    {
        // The line from the eyes to the mouth and the line across the eyes: in profile the latter alone is too short to tell the roll.
        Vector2 left = Mean(landmarks[IbugLandmarks.ImageLeftEye]), right = Mean(landmarks[IbugLandmarks.ImageRightEye]);
        Vector2 down = ((landmarks[48] + landmarks[54]) / 2) - ((left + right) / 2);
        Vector2 across = right - left + new Vector2(down.Y, -down.X);
        double roll = Math.Atan2(across.Y, across.X);
        (float sin, float cos) = ((float)Math.Sin(roll), (float)Math.Cos(roll));
        float[] us = Array.ConvertAll(landmarks, p => (cos * p.X) + (sin * p.Y)), vs = Array.ConvertAll(landmarks, p => (cos * p.Y) - (sin * p.X));

        // The mesh reaches above the brows by about a third of the height from brows to chin.
        float height = vs.Max() - vs.Min(), top = vs.Min() - (height / 3), side = Math.Max(us.Max() - us.Min(), vs.Max() - top);
        float u = (us.Min() + us.Max()) / 2, v = (top + vs.Max()) / 2;
        return MeshCrop.Upright(new((cos * u) - (sin * v), (sin * u) + (cos * v)), side * MeshCrop.Margin, roll, 256);
    }

    private static Vector2 Mean(Vector2[] points) => points.Aggregate(Vector2.Zero, (sum, point) => sum + point) / points.Length;

    private static Vector2 Point(JsonElement pair) => new(pair[0].GetSingle(), pair[1].GetSingle());

    private static FaceBox BoxOf(JsonElement person)
    {
        JsonElement box = person.GetProperty("face_box_px");
        return new(box[0].GetSingle(), box[1].GetSingle(), box[2].GetSingle(), box[3].GetSingle());
    }
}
