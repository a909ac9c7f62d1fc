using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Training.Data;

/// <summary>A labelled picture of one rendered person, as its file's bytes: a set of thousands fits into memory undecoded.</summary>
/// <param name="Encoded">The picture's file.</param>
/// <param name="EncodedMask">The class mask's file (0 is background), or null where the set has none.</param>
/// <param name="Person">Who, unique over all label files of a run.</param>
/// <param name="Landmarks">68 points, picture pixels.</param>
internal sealed record RenderedFace(byte[] Encoded, byte[]? EncodedMask, string Person, Vector2[] Landmarks)
{
    private readonly Lazy<Mat> picture = new(() => Cv2.ImDecode(Encoded, ImreadModes.Color));

    /// <summary>Eye centres, nose tip, mouth corners.</summary>
    public Vector2[] FivePoints { get; } = GazeSamples.FivePoints(Landmarks);

    /// <summary>The picture, 8-bit BGR, decoded at its first use and kept; nobody may change it. For sets that are gone through many times.</summary>
    public Mat Picture => picture.Value;

    /// <summary>The picture, 8-bit BGR; the caller's.</summary>
    public Mat Decode() => Cv2.ImDecode(Encoded, ImreadModes.Color);
}

/// <summary>Reads the label files of rendered people.</summary>
internal static class RenderedFaces
{
    /// <summary>All pictures with one person on them.</summary>
    /// <param name="labels">NDJSON files; picture paths in them are relative to their folders.</param>
    /// <exception cref="UserFacingException">A file cannot be read.</exception>
    public static List<RenderedFace> Load(IEnumerable<string> labels)
    {
        var faces = new List<RenderedFace>();
        foreach (string file in labels)
        {
            if (!File.Exists(file))
            {
                throw new UserFacingException(FailureKind.InputMissing, $"{file} does not exist; name a label file that videogaze perform --dataset wrote.");
            }

            string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            foreach (string line in File.ReadLines(file))
            {
                using JsonDocument document = JsonDocument.Parse(line);
                faces.AddRange(LabelLine.Pictures(document.RootElement).Select(picture => Read(picture, folder)).OfType<RenderedFace>());
            }
        }

        return faces;
    }

    private static RenderedFace? Read(JsonElement root, string folder)
    {
        if (root.GetProperty("persons").GetArrayLength() != 1)
        {
            return null;
        }

        JsonElement person = root.GetProperty("persons")[0];
        Vector2[] landmarks = [.. person.GetProperty("landmarks68_px").EnumerateArray().Select(point => new Vector2(point[0].GetSingle(), point[1].GetSingle()))];
        string? mask = root.TryGetProperty("mask", out JsonElement name) ? name.GetString() : null;
        return new(Bytes(folder, root.GetProperty("file").GetString()!), mask is null ? null : Bytes(folder, mask), folder + "/" + person.GetProperty("id").GetString(), landmarks);
    }

    private static byte[] Bytes(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : throw new UserFacingException(FailureKind.InputUnreadable, $"{path}, named in the labels of {folder}, is missing.");
    }
}
