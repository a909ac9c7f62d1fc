using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.FaceSets;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>A face in a picture, for a detector.</summary>
/// <param name="Box">Picture pixels.</param>
/// <param name="Points">Five points, picture pixels.</param>
/// <param name="Certain">False where nobody knows whether it is a face: it is then neither rewarded nor punished.</param>
internal sealed record KnownFace(FaceBox Box, Vector2[] Points, bool Certain);

/// <summary>A whole real picture, kept decoded, and its faces.</summary>
/// <param name="Picture">BGR, 8 bit; lives as long as the set.</param>
/// <param name="Source">File name of the clip or photo.</param>
/// <param name="Faces">As the teacher saw them.</param>
internal sealed record KnownFrame(Mat Picture, string Source, IReadOnlyList<KnownFace> Faces);

/// <summary>Reads a frame set, which <c>videogaze train frames</c> wrote.</summary>
internal static class FrameSet
{
    // Where the pipeline takes an answer for a face (DetectOptions).
    private const float CertainScore = 0.6f;

    /// <summary>All frames.</summary>
    /// <exception cref="UserFacingException">It is missing or damaged.</exception>
    public static List<KnownFrame> Load(string folder)
    {
        string list = Path.Combine(folder, FrameSample.ListName);
        if (!File.Exists(list))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{folder} is no frame set (no {FrameSample.ListName}); make one with \"videogaze train frames\".");
        }

        var frames = new List<KnownFrame>();
        foreach (string line in File.ReadLines(list).Where(line => line.Length > 0))
        {
            FrameSample sample;
            try
            {
                sample = JsonSerializer.Deserialize<FrameSample>(line, JsonSerializerOptions.Web) ?? throw new JsonException("empty");
            }
            catch (JsonException broken)
            {
                throw new UserFacingException(FailureKind.InputDamaged, $"{list} has a line that is no frame; make the frame set again.", broken);
            }

            Mat picture = Cv2.ImRead(Path.Combine(folder, sample.File), ImreadModes.Color);
            if (picture.Empty())
            {
                throw new UserFacingException(FailureKind.InputUnreadable, $"{Path.Combine(folder, sample.File)}, named in {list}, is missing or no picture.");
            }

            frames.Add(new(picture, sample.Source, [.. sample.Faces.Select(Known)]));
        }

        return frames;
    }

    private static KnownFace Known(FrameFace face) => new(
        new(face.Box[0], face.Box[1], face.Box[2], face.Box[3]),
        [.. face.Points.Select(point => new Vector2(point[0], point[1]))],
        face.Score >= CertainScore);
}
