using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Training.Data;

/// <summary>One eye of a labelled face.</summary>
/// <param name="Picture">What lies around the eye at the picture's own scale, BGR, 8 bit; lives as long as the set.</param>
/// <param name="Points">Six contour points as in iBUG (left eye: inner corner first, right eye: outer corner first) and the iris, in pixels of <paramref name="Picture"/>.</param>
/// <param name="Gaze">Unit vector of the visual axis relative to the line of sight to this eye.</param>
/// <param name="Aperture">Lid distance over eye width.</param>
/// <param name="Openness">0 shut, 1 at rest.</param>
internal sealed record EyeSample(Mat Picture, Vector2[] Points, Vector3 Gaze, float Aperture, float Openness)
{
    /// <summary>Distance of the corners, pixels.</summary>
    public float Width => Vector2.Distance(Points[0], Points[3]);

    /// <summary>Middle between the corners.</summary>
    public Vector2 Centre => (Points[0] + Points[3]) / 2;
}

/// <summary>Both eyes of a labelled face.</summary>
/// <param name="Person">Whose face it is.</param>
/// <param name="Left">The person's left eye.</param>
/// <param name="Right">The person's right eye.</param>
/// <param name="Gaze">Unit vector of both visual axes together, relative to the line of sight to the middle between the eyes.</param>
/// <param name="Facing">Unit vector the face points along, relative to the same.</param>
/// <param name="Tilt">Radians clockwise on a screen that the line from the right to the left eye is turned by.</param>
/// <param name="FaceHeight">Pixels.</param>
internal sealed record EyesSample(string Person, EyeSample Left, EyeSample Right, Vector3 Gaze, Vector3 Facing, double Tilt, float FaceHeight)
{
    /// <summary>Mean openness.</summary>
    public float Openness => (Left.Openness + Right.Openness) / 2;
}

/// <summary>Reads rendered performers' labels and keeps what lies around the eyes: a tenth of the pictures' memory.</summary>
internal static class EyesSamples
{
    // Side of what is kept in corner distances: the eye picture (2.2) with room for shifts, turns and scales.
    private const float Kept = 3.6f;

    /// <summary>The first person of each picture; faces turned so far that an eye is a line are left out.</summary>
    /// <param name="labels">The NDJSON file; picture paths in it are relative to its folder.</param>
    /// <param name="limit">Most pictures.</param>
    /// <exception cref="UserFacingException">The file or a picture cannot be read.</exception>
    public static List<EyesSample> Load(string labels, int limit = int.MaxValue)
    {
        if (!File.Exists(labels))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{labels} does not exist; name the label file of a data set of performers.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(labels))!;
        return [.. File.ReadLines(labels).Take(limit).SelectMany(line =>
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return LabelLine.Pictures(document.RootElement).Select(picture => Read(picture, folder, labels)).OfType<EyesSample>().ToArray();
        })];
    }

    private static EyesSample? Read(JsonElement root, string folder, string labels)
    {
        if (root.GetProperty("persons").GetArrayLength() == 0)
        {
            return null;
        }

        string file = Path.Combine(folder, root.GetProperty("file").GetString()!);
        using Mat picture = Cv2.ImRead(file, ImreadModes.Color);
        if (picture.Empty())
        {
            throw new UserFacingException(FailureKind.InputUnreadable, $"{file}, named in {labels}, is no picture.");
        }

        JsonElement person = root.GetProperty("persons")[0];
        Vector2[] landmarks = [.. person.GetProperty("landmarks68_px").EnumerateArray().Select(Pair)];
        JsonElement head = person.GetProperty("head");
        Vector3 position = Triple(head.GetProperty("position_cm"));
        Vector2 across = Middle(landmarks, 42, 45) - Middle(landmarks, 36, 39);
        EyeSample left = Labelled(picture, landmarks.AsSpan(42, 6), person.GetProperty("eyes").GetProperty("L"));
        EyeSample right = Labelled(picture, landmarks.AsSpan(36, 6), person.GetProperty("eyes").GetProperty("R"));

        // Third column of head to camera: the head's z points out of the face.
        JsonElement rotation = head.GetProperty("rotation");
        var facing = new Vector3(rotation[2].GetSingle(), rotation[5].GetSingle(), rotation[8].GetSingle());
        return left.Width < 3 || right.Width < 3
            ? null
            : new(
                person.GetProperty("id").GetString()!,
                left,
                right,
                GazeSamples.FromLineOfSight(Triple(person.GetProperty("gaze").GetProperty("dir")), position),
                GazeSamples.FromLineOfSight(facing, position),
                Math.Atan2(across.Y, across.X),
                person.GetProperty("face_box_px")[3].GetSingle());
    }

    /// <summary>Keeps what lies around an eye.</summary>
    /// <param name="picture">BGR.</param>
    /// <param name="contour">Six points as in iBUG, in picture pixels.</param>
    /// <param name="iris">Picture pixels.</param>
    /// <param name="gaze">Relative to the line of sight to the eye.</param>
    /// <param name="aperture">Lid distance over eye width.</param>
    /// <param name="openness">0 shut, 1 at rest.</param>
    public static EyeSample Eye(Mat picture, ReadOnlySpan<Vector2> contour, Vector2 iris, Vector3 gaze, float aperture, float openness)
    {
        Vector2 centre = (contour[0] + contour[3]) / 2;
        int side = Math.Max(4, (int)MathF.Ceiling(Kept * Vector2.Distance(contour[0], contour[3])));
        var corner = new Vector2(MathF.Round(centre.X - (side / 2f)), MathF.Round(centre.Y - (side / 2f)));
        using Mat shift = CropWarp.Matrix(new(1, 0, -corner.X, -corner.Y));
        var kept = new Mat();
        Cv2.WarpAffine(picture, kept, shift, new Size(side, side), InterpolationFlags.Nearest, BorderTypes.Replicate);
        Vector2[] points = [.. contour.ToArray().Append(iris).Select(point => point - corner)];
        return new(kept, points, gaze, aperture, openness);
    }

    private static EyeSample Labelled(Mat picture, ReadOnlySpan<Vector2> contour, JsonElement label) => Eye(
        picture,
        contour,
        Pair(label.GetProperty("iris_px")),
        GazeSamples.FromLineOfSight(Triple(label.GetProperty("gaze_dir")), Triple(label.GetProperty("centre_cm"))),
        label.GetProperty("aperture").GetSingle(),
        label.GetProperty("openness").GetSingle());

    private static Vector2 Middle(Vector2[] points, int a, int b) => (points[a] + points[b]) / 2;

    private static Vector2 Pair(JsonElement pair) => new(pair[0].GetSingle(), pair[1].GetSingle());

    private static Vector3 Triple(JsonElement triple) => new(triple[0].GetSingle(), triple[1].GetSingle(), triple[2].GetSingle());
}
