using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using VideoGaze.Faces.Gaze;

namespace VideoGaze.Performers.Truth;

/// <summary>
/// Truth as lines of JSON, the schema of <c>*.truth.ndjson</c> and of data sets' labels (docs/performers.md). Angles in degrees; decimals are as many as mean
/// something: 0.001 degrees, 0.01 px, 0.00001 of a unit vector.
/// </summary>
public static class TruthJson
{
    // Decimals.
    private const int Degrees = 3;
    private const int Unit = 5;
    private const int Centimetres = 3;
    private const int Pixels = 2;

    /// <summary>One frame of a clip, without the line's end.</summary>
    public static string Line(TruthFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return Write(json =>
        {
            json.WriteNumber("index", frame.Index);
            Number(json, "pts_s", frame.Seconds, 6);
            WriteCamera(json, frame.Camera);
            WritePersons(json, frame.Persons);
        });
    }

    /// <summary>An object whose members a function writes, without the line's end.</summary>
    internal static string Write(Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Size and intrinsics of the picture.</summary>
    internal static void WriteCamera(Utf8JsonWriter json, PinholeCamera camera)
    {
        json.WriteNumber("width", camera.Width);
        json.WriteNumber("height", camera.Height);
        Numbers(json, "intrinsics_px", 4, camera.FocalX, camera.FocalY, camera.CentreX, camera.CentreY);
    }

    /// <summary>Everybody in the picture.</summary>
    internal static void WritePersons(Utf8JsonWriter json, IEnumerable<TruthPerson> persons)
    {
        json.WriteStartArray("persons");
        foreach (TruthPerson person in persons)
        {
            json.WriteStartObject();
            WritePerson(json, person);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A number with decimals as Python's json writes it: rounded, never without a decimal point.</summary>
    internal static void Number(Utf8JsonWriter json, string name, double value, int decimals)
    {
        json.WritePropertyName(name);
        Number(json, value, decimals);
    }

    /// <summary>An array of such numbers.</summary>
    internal static void Numbers(Utf8JsonWriter json, string name, int decimals, params ReadOnlySpan<float> values)
    {
        json.WriteStartArray(name);
        foreach (float value in values)
        {
            Number(json, value, decimals);
        }

        json.WriteEndArray();
    }

    private static void WritePerson(Utf8JsonWriter json, TruthPerson person)
    {
        PerformerLabels labels = person.Labels;
        json.WriteString("id", labels.Id);
        WriteHead(json, labels);
        json.WriteStartObject("gaze");
        Angles(json, "deg", labels.Gaze);
        Vector(json, "dir", labels.GazeDirection, Unit);
        if (labels is { GazeTarget: { } target, GazeTargetDirection: { } direction })
        {
            Vector(json, "target_cm", target, 2);
            Vector(json, "target_dir", direction, Unit);
        }

        json.WriteEndObject();
        json.WriteStartObject("eyes");
        WriteEye(json, "L", labels.Eyes.Left);
        WriteEye(json, "R", labels.Eyes.Right);
        json.WriteEndObject();
        json.WriteBoolean("blink", labels.Blink);
        Number(json, "blink_weight", labels.BlinkWeight, 3);
        WritePoints(json, "landmarks68_px", labels.Landmarks68);
        Numbers(json, "face_box_px", 1, labels.FaceBox.X, labels.FaceBox.Y, labels.FaceBox.Width, labels.FaceBox.Height);
        if (person.Pattern is { } pattern)
        {
            Angles(json, "pattern_deg", pattern);
        }

        // Thirteen kilobytes a person.
        if (labels.Meshes is { } meshes)
        {
            WritePoints(json, "mesh_px", meshes.Exact);
            WritePoints(json, "registration_px", meshes.Registration);
        }
    }

    private static void WritePoints(Utf8JsonWriter json, string name, IReadOnlyList<Vector2> points)
    {
        json.WriteStartArray(name);
        foreach (Vector2 point in points)
        {
            json.WriteStartArray();
            Number(json, point.X, Pixels);
            Number(json, point.Y, Pixels);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteHead(Utf8JsonWriter json, PerformerLabels labels)
    {
        json.WriteStartObject("head");
        Number(json, "yaw_deg", labels.Head.YawDegrees, Degrees);
        Number(json, "pitch_deg", labels.Head.PitchDegrees, Degrees);
        Number(json, "roll_deg", labels.Head.RollDegrees, Degrees);

        // Row-major; a column is where an axis of the head points.
        Vector3 x = Vector3.Transform(Vector3.UnitX, labels.HeadRotation), y = Vector3.Transform(Vector3.UnitY, labels.HeadRotation), z = Vector3.Transform(Vector3.UnitZ, labels.HeadRotation);
        Numbers(json, "rotation", Unit, x.X, y.X, z.X, x.Y, y.Y, z.Y, x.Z, y.Z, z.Z);
        Vector(json, "position_cm", labels.HeadPosition, Centimetres);
        json.WriteEndObject();
    }

    private static void WriteEye(Utf8JsonWriter json, string name, EyeLabels eye)
    {
        json.WriteStartObject(name);
        Angles(json, "gaze_deg", eye.Gaze);
        Vector(json, "gaze_dir", eye.GazeDirection, Unit);
        Vector(json, "optical_dir", eye.OpticalDirection, Unit);
        Angles(json, "in_head_deg", eye.InHead);
        Vector(json, "centre_cm", eye.Centre, Centimetres);
        Numbers(json, "centre_px", Pixels, eye.CentrePixels.X, eye.CentrePixels.Y);
        Numbers(json, "iris_px", Pixels, eye.IrisPixels.X, eye.IrisPixels.Y);
        Number(json, "iris_radius_px", eye.IrisRadiusPixels, Pixels);
        Number(json, "openness", eye.Openness, 3);
        Number(json, "aperture", eye.Aperture, 4);
        json.WriteEndObject();
    }

    private static void Angles(Utf8JsonWriter json, string name, GazeAngles angles) => Numbers(json, name, Degrees, (float)angles.YawDegrees, (float)angles.PitchDegrees);

    private static void Vector(Utf8JsonWriter json, string name, Vector3 vector, int decimals) => Numbers(json, name, decimals, vector.X, vector.Y, vector.Z);

    private static void Number(Utf8JsonWriter json, double value, int decimals)
    {
        // Adding 0 makes -0 into 0.
        string text = (Math.Round(value, decimals) + 0).ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(text.Contains('.') || text.Contains('E') ? text : text + ".0");
    }
}
