using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Detect;

/// <summary>True box and 68 landmarks of a person in a frame of a rendered clip.</summary>
internal sealed record TruePerson(string Id, FaceBox Box, Vector2[] Landmarks, double[] HeadDegrees)
{
    /// <summary>Distance of the outer eye corners, pixels.</summary>
    public float EyeDistance => Vector2.Distance(Landmarks[36], Landmarks[45]);
}

/// <summary>Frames of a sample clip, as photos, with their truth.</summary>
internal static class TruthClip
{
    public static IEnumerable<(Mat Picture, IReadOnlyList<TruePerson> Persons)> Read(string name, int count, int step = 1, int start = 0)
    {
        string path = SharedAssets.Sample(name + ".mp4");
        string[] lines = File.ReadAllLines(SharedAssets.Sample(name + ".truth.ndjson"));
        using var video = new VideoCapture(path, VideoCaptureAPIs.FFMPEG);
        using var picture = new Mat();
        for (int index = 0; index < start + (count * step) && video.Read(picture); index++)
        {
            if (index >= start && (index - start) % step == 0)
            {
                yield return (picture, Persons(lines[index]));
            }
        }
    }

    public static IReadOnlyList<TruePerson> Persons(string line)
    {
        using JsonDocument truth = JsonDocument.Parse(line);
        return [.. truth.RootElement.GetProperty("persons").EnumerateArray().Select(Person)];
    }

    private static TruePerson Person(JsonElement person)
    {
        float[] box = [.. person.GetProperty("face_box_px").EnumerateArray().Select(value => value.GetSingle())];
        JsonElement head = person.GetProperty("head");
        return new(
            person.GetProperty("id").GetString()!,
            new FaceBox(box[0], box[1], box[2], box[3]),
            [.. person.GetProperty("landmarks68_px").EnumerateArray().Select(point => new Vector2(point[0].GetSingle(), point[1].GetSingle()))],
            [head.GetProperty("yaw_deg").GetDouble(), head.GetProperty("pitch_deg").GetDouble(), head.GetProperty("roll_deg").GetDouble()]);
    }
}
