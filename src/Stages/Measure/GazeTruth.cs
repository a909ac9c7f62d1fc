using System.Numerics;
using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Stages.Measure;

/// <summary>What a rendered clip states about one person in one frame.</summary>
/// <param name="Id">Name of the person.</param>
/// <param name="Gaze">Direction of both eyes together, camera frame.</param>
/// <param name="Head">Head pose, camera frame.</param>
/// <param name="Openness">Mean openness of both eyes: 1 at rest, 0 shut.</param>
/// <param name="Blink">Whether a blink shuts the lids more than half.</param>
/// <param name="Box">Frame pixels.</param>
public sealed record TruthPerson(string Id, GazeAngles Gaze, HeadPose Head, double Openness, bool Blink, FaceBox Box)
{
    /// <summary>The 68 points of <see cref="IbugLandmarks"/> in frame pixels; empty where the file states none.</summary>
    public IReadOnlyList<Vector2> Landmarks { get; init; } = [];

    /// <summary>Iris centres in frame pixels: the person's left eye, right eye; empty where the file states none.</summary>
    public IReadOnlyList<Vector2> Irises { get; init; } = [];

    /// <summary>Whether the eyes are open enough to look somewhere: lids at more than half of their rest.</summary>
    public bool EyesOpen => !Blink && Openness > 0.5;
}

/// <summary>What a rendered clip states about one frame.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Seconds">Presentation time.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="FocalRatio">Focal length over the larger frame side.</param>
/// <param name="Persons">Nobody is an empty list.</param>
public sealed record TruthFrame(long Index, double Seconds, int Width, int Height, double FocalRatio, IReadOnlyList<TruthPerson> Persons);

/// <summary>Reads <c>*.truth.ndjson</c> files, one frame a line.</summary>
public static class GazeTruth
{
    /// <summary>All frames of a truth file.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.InputMissing"/> or <see cref="FailureKind.InputUnreadable"/>.</exception>
    public static IReadOnlyList<TruthFrame> Read(string path)
    {
        return [.. Enumerate(path)];
    }

    /// <summary>The frames of a truth file one after the other, as they are asked for.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.InputMissing"/> or <see cref="FailureKind.InputUnreadable"/>, when the enumeration gets there.</exception>
    public static IEnumerable<TruthFrame> Enumerate(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"The truth file {path} does not exist; rendered clips have theirs beside them as NAME.truth.ndjson.");
        }

        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            yield return Parse(line, number, path);
        }
    }

    private static TruthFrame Parse(string line, int number, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Frame(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new UserFacingException(FailureKind.InputUnreadable, $"Line {number} of {path} is no line of a truth file; give the NAME.truth.ndjson of a rendered clip.", failure);
        }
    }

    private static TruthFrame Frame(JsonElement frame)
    {
        int width = frame.GetProperty("width").GetInt32();
        int height = frame.GetProperty("height").GetInt32();
        return new(
            frame.GetProperty("index").GetInt64(),
            frame.GetProperty("pts_s").GetDouble(),
            width,
            height,
            frame.GetProperty("intrinsics_px")[0].GetDouble() / Math.Max(width, height),
            Persons(frame));
    }

    /// <summary>The people of one line of a truth or label file.</summary>
    internal static IReadOnlyList<TruthPerson> Persons(JsonElement line) => [.. line.GetProperty("persons").EnumerateArray().Select(Person)];

    private static TruthPerson Person(JsonElement person)
    {
        JsonElement head = person.GetProperty("head");
        JsonElement gaze = person.GetProperty("gaze").GetProperty("deg");
        JsonElement eyes = person.GetProperty("eyes");
        JsonElement box = person.GetProperty("face_box_px");
        return new(
            person.GetProperty("id").GetString()!,
            GazeAngles.FromDegrees(gaze[0].GetDouble(), gaze[1].GetDouble()),
            new HeadPose(Radians(head, "yaw_deg"), Radians(head, "pitch_deg"), Radians(head, "roll_deg")),
            (eyes.GetProperty("L").GetProperty("openness").GetDouble() + eyes.GetProperty("R").GetProperty("openness").GetDouble()) / 2,
            person.GetProperty("blink").GetBoolean(),
            new FaceBox(box[0].GetSingle(), box[1].GetSingle(), box[2].GetSingle(), box[3].GetSingle()))
        {
            Landmarks = person.TryGetProperty("landmarks68_px", out JsonElement landmarks) ? [.. landmarks.EnumerateArray().Select(Point)] : [],
            Irises = eyes.GetProperty("L").TryGetProperty("iris_px", out JsonElement left) && eyes.GetProperty("R").TryGetProperty("iris_px", out JsonElement right)
                ? [Point(left), Point(right)]
                : [],
        };
    }

    private static Vector2 Point(JsonElement point) => new(point[0].GetSingle(), point[1].GetSingle());

    private static float Radians(JsonElement head, string name) => (float)(head.GetProperty(name).GetDouble() * Math.PI / 180);
}
