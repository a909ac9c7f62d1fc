using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.FaceSets;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data.Landmarks;

/// <summary>Reads real pictures that <c>extract</c> found faces in; their labels are the teacher's.</summary>
internal static class RealFaces
{
    // Side of the kept part of a picture over the side of the upright mesh, and its largest side in pixels: room for shifted and turned crops, no more pixels than a crop of 256 shows.
    private const double Kept = 2.5;
    private const int LargestSide = 400;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The faces of a face set whose source pictures lie in its parent folder: <c>extract DIR -o DIR/faces</c>.</summary>
    /// <param name="faceSet">The face set's folder.</param>
    /// <param name="teacher">Labels them.</param>
    /// <exception cref="UserFacingException">The list or a picture cannot be read.</exception>
    public static IEnumerable<LandmarkSample> Load(string faceSet, MeshTeacher teacher)
    {
        string list = Path.Combine(faceSet, "faces.ndjson");
        if (!File.Exists(list))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{list} does not exist; make it with videogaze extract PICTURES -o PICTURES/faces.");
        }

        string pictures = Path.GetDirectoryName(Path.GetFullPath(faceSet))!;
        foreach (string line in File.ReadLines(list))
        {
            FaceSample sample = JsonSerializer.Deserialize<FaceSample>(line, Json)!;
            string path = Path.Combine(pictures, sample.Source);
            using Mat whole = Cv2.ImRead(path, ImreadModes.Color);
            if (whole.Empty())
            {
                throw new UserFacingException(FailureKind.InputUnreadable, $"{path}, which {list} was made from, is no picture.");
            }

            double[] t = sample.Transform;
            SimilarityTransform toPicture = new SimilarityTransform(t[0], t[1], t[2], t[3]).Inverse();
            Vector3[] rough = [.. sample.Landmarks.Select(point => new Vector3(toPicture.Apply(new(point[0], point[1])), 0))];
            (Mat part, SimilarityTransform toPart) = Part(whole, new FaceMesh(rough, 1));
            FaceMesh mesh = teacher.Ask(path + '#' + sample.File, part, MeshCrop.Around(new FaceMesh(rough, 1).Transformed(toPart), 256));
            string name = Path.GetFileNameWithoutExtension(sample.Source);
            yield return new(part, name[..(name.LastIndexOf('_') is > 0 and var end ? end : name.Length)], [BoxOf(mesh)], mesh) { Mesh = mesh };
        }
    }

    /// <summary>Pictures in which nobody is.</summary>
    public static IEnumerable<LandmarkSample> LoadEmpty(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{folder} does not exist; name a folder of pictures without faces.");
        }

        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            Mat picture = Cv2.ImRead(path, ImreadModes.Color);
            if (!picture.Empty())
            {
                yield return new(picture, "nobody", [], null);
            }
        }
    }

    private static (Mat Part, SimilarityTransform ToPart) Part(Mat whole, FaceMesh rough)
    {
        FaceBox box = BoxOf(rough);
        double side = Math.Max(box.Width, box.Height) * Kept, scale = Math.Min(1, LargestSide / side);
        int pixels = (int)Math.Ceiling(side * scale);
        var toPart = new SimilarityTransform(scale, 0, (pixels / 2.0) - (scale * (box.X + (box.Width / 2))), (pixels / 2.0) - (scale * (box.Y + (box.Height / 2))));
        if (scale > 0.5)
        {
            return (CropWarp.Warp(whole, toPart, pixels), toPart);
        }

        // Shrinking by more than two with a linear filter would alias: whole factors by an area filter first.
        int factor = (int)Math.Floor(1 / scale);
        using Mat shrunk = new();
        Cv2.Resize(whole, shrunk, new Size(whole.Width / factor, whole.Height / factor), 0, 0, InterpolationFlags.Area);
        return (CropWarp.Warp(shrunk, new SimilarityTransform((double)whole.Width / shrunk.Width, 0, 0, 0).Then(toPart), pixels), toPart);
    }

    private static FaceBox BoxOf(FaceMesh mesh)
    {
        float left = mesh.Points.Min(point => point.X), top = mesh.Points.Min(point => point.Y);
        return new(left, top, mesh.Points.Max(point => point.X) - left, mesh.Points.Max(point => point.Y) - top);
    }
}
