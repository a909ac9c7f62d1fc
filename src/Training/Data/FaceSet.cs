using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.FaceSets;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>A face of a set in memory.</summary>
/// <param name="Picture">Aligned crop, BGR, 8 bit.</param>
/// <param name="Mask">The face's hull, 255 inside.</param>
/// <param name="EyesAndMouth">Soft mask of eyes and lips, peak 255.</param>
/// <param name="Openness">Weight of its gaze in [0, 1]: 0 with shut eyes.</param>
internal sealed record TrainingFace(Mat Picture, Mat Mask, Mat EyesAndMouth, float Openness);

/// <summary>All faces of a folder that <c>videogaze extract</c> wrote, decoded once and kept.</summary>
internal static class FaceSet
{
    /// <summary>Name of the manifest in a face set's folder.</summary>
    public const string Manifest = "faces.ndjson";

    // Eye aspect ratio on the mesh: about .1 when shut, .3 at rest.
    private const float ShutRatio = 0.12f, OpenRatio = 0.22f;

    /// <summary>Loads a set at one size.</summary>
    /// <param name="folder">The set.</param>
    /// <param name="side">Side in pixels to keep the pictures at.</param>
    /// <exception cref="UserFacingException">Missing, empty, of another template, or with a picture that cannot be read.</exception>
    public static List<TrainingFace> Load(string folder, int side)
    {
        string manifest = Path.Combine(folder, Manifest);
        var faces = new List<TrainingFace>();
        foreach (FaceSample sample in Samples(folder))
        {
            string file = Path.Combine(folder, sample.File);
            using Mat picture = File.Exists(file) ? Cv2.ImRead(file, ImreadModes.Color) : new Mat();
            if (picture.Empty())
            {
                throw new UserFacingException(FailureKind.InputUnreadable, $"{file}, named in {manifest}, is missing or no picture.");
            }

            if (sample.Template != AlignmentTemplate.DflWholeFace.Name)
            {
                throw new UserFacingException(FailureKind.Unsupported, $"{manifest} holds {sample.Template} crops; training wants {AlignmentTemplate.DflWholeFace.Name}.");
            }

            Vector2[] mesh = [.. sample.Landmarks.Select(point => new Vector2(point[0], point[1]) * ((float)side / sample.Size))];
            var scaled = new Mat();
            Cv2.Resize(picture, scaled, new Size(side, side), 0, 0, side < picture.Rows ? InterpolationFlags.Area : InterpolationFlags.Cubic);
            Mat hull = FaceMasks.Hull(mesh, side);
            faces.Add(new(scaled, hull, FaceMasks.EyesAndMouth(mesh, hull), GazeWeight(sample.Openness)));
        }

        return faces.Count > 0 ? faces : throw new UserFacingException(FailureKind.NoFace, $"{manifest} lists no face.");
    }

    /// <summary>What a set's manifest says of its faces, pictures unread.</summary>
    /// <exception cref="UserFacingException">It is missing or damaged.</exception>
    public static IEnumerable<FaceSample> Samples(string folder)
    {
        string manifest = Path.Combine(folder, Manifest);
        return File.Exists(manifest)
            ? File.ReadLines(manifest).Where(line => line.Length > 0).Select(line => Read(line, manifest))
            : throw new UserFacingException(FailureKind.InputMissing, $"{folder} is no face set (no {Manifest}); make one with \"videogaze extract\".");
    }

    /// <summary>The gaze of shut eyes is noise: weight 0 when shut, 1 when open, by the mean of both eyes.</summary>
    internal static float GazeWeight(float[] openness) =>
        openness.Length == 0 ? 1 : Math.Clamp((openness.Average() - ShutRatio) / (OpenRatio - ShutRatio), 0, 1);

    private static FaceSample Read(string line, string manifest)
    {
        try
        {
            FaceSample sample = JsonSerializer.Deserialize<FaceSample>(line, JsonSerializerOptions.Web) ?? throw new JsonException("empty");
            return sample.Landmarks?.Length == FaceMesh.PointCount ? sample : throw new JsonException("not 478 landmarks");
        }
        catch (JsonException broken)
        {
            throw new UserFacingException(FailureKind.InputDamaged, $"{manifest} has a line that is no face sample; extract the faces again.", broken);
        }
    }
}
