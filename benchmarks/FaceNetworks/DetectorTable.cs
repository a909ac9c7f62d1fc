using System.Globalization;
using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;

namespace VideoGaze.Benchmarks.FaceNetworks;

/// <summary>Recall of a teacher's faces (over 40 px, the teacher looking at 640 px), answers where the teacher has none, and how far the points are from the teacher's.</summary>
internal static class DetectorTable
{
    // What the goals are stated for: faces from 40 px (root of the area, pixels of the clip), half an overlap to be the same face; an answer that touches no face of the teacher's by .3 is another.
    private const double LeastFace = 40;
    private const float Found = 0.5f, Elsewhere = 0.3f, Doubted = 0.3f, Score = 0.6f;

    /// <summary>Prints a Markdown table, a row a clip.</summary>
    public static async Task WriteAsync(string candidate, string teacher, int every, IReadOnlyList<string> clips, string? drawInto)
    {
        string[] parts = candidate.Split('@');
        int size = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : new DetectOptions().DetectorSize;
        float score = parts.Length > 2 ? float.Parse(parts[2], CultureInfo.InvariantCulture) : Score;
        using OnnxSession ours = OnnxSession.Load(parts[0], new(InferenceDevice.Cpu)), theirs = OnnxSession.Load(teacher, new(InferenceDevice.Cpu));
        using FaceFinder finder = FaceFinder.Over(ours, new DetectOptions(size, score)), reference = FaceFinder.Over(theirs, new DetectOptions(640, Doubted));
        Console.WriteLine($"{ours.FileName} at {size}, from a score of {score}, against {theirs.FileName} at 640, every {every}th frame");
        Console.WriteLine("clip | pictures | faces | found | recall | elsewhere | of these doubted by the teacher | elsewhere a picture | points");
        Console.WriteLine("---|---|---|---|---|---|---|---|---");
        var total = new Count("all");
        foreach (string clip in clips)
        {
            var count = new Count(Path.GetFileName(clip));
            await foreach (var (name, picture) in Pictures.Of(clip, every).ConfigureAwait(false))
            {
                using (picture)
                {
                    IReadOnlyList<DetectedFace> answers = finder.Find(PictureView.Of(picture)), known = reference.Find(PictureView.Of(picture));
                    count.Add(answers, known);
                    if (drawInto is not null)
                    {
                        Draw(Path.Combine(drawInto, name + ".jpg"), picture, answers, known);
                    }
                }
            }

            Console.WriteLine(count.Row());
            total.Add(count);
        }

        Console.WriteLine(total.Row());
    }

    private static void Draw(string path, Mat picture, IReadOnlyList<DetectedFace> answers, IReadOnlyList<DetectedFace> known)
    {
        foreach (var (faces, colour) in new[] { (known.Where(face => face.Score >= Score), Scalar.Red), (answers, Scalar.Lime) })
        {
            foreach (DetectedFace face in faces)
            {
                Cv2.Rectangle(picture, new Rect((int)face.Box.X, (int)face.Box.Y, (int)face.Box.Width, (int)face.Box.Height), colour, 2);
                foreach (Vector2 point in face.Points)
                {
                    Cv2.Circle(picture, new Point((int)point.X, (int)point.Y), 2, colour, -1);
                }
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Cv2.ImWrite(path, picture);
    }

    private sealed class Count(string name)
    {
        private readonly List<double> errors = [];
        private int pictures;
        private int faces;
        private int found;
        private int elsewhere;
        private int doubted;

        public void Add(IReadOnlyList<DetectedFace> answers, IReadOnlyList<DetectedFace> known)
        {
            pictures++;
            foreach (DetectedFace face in known.Where(face => face.Score >= Score && Math.Sqrt(face.Box.Area) >= LeastFace))
            {
                faces++;
                DetectedFace? answer = answers.MaxBy(answer => answer.Box.IntersectionOverUnion(face.Box));
                if (answer is not null && answer.Box.IntersectionOverUnion(face.Box) >= Found)
                {
                    found++;
                    errors.Add(answer.Points.Zip(face.Points, Vector2.Distance).Average() / Math.Max(1, Vector2.Distance(face.Points[0], face.Points[1])));
                }
            }

            foreach (DetectedFace answer in answers.Where(answer => !known.Any(face => face.Score >= Score && face.Box.IntersectionOverUnion(answer.Box) >= Elsewhere)))
            {
                elsewhere++;
                doubted += known.Any(face => face.Box.IntersectionOverUnion(answer.Box) >= Elsewhere) ? 1 : 0;
            }
        }

        public void Add(Count other)
        {
            (pictures, faces, found, elsewhere, doubted) = (pictures + other.pictures, faces + other.faces, found + other.found, elsewhere + other.elsewhere, doubted + other.doubted);
            errors.AddRange(other.errors);
        }

        public string Row()
        {
            errors.Sort();
            string points = errors.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{errors[errors.Count / 2] * 100:0.0} %") : "-";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{name} | {pictures} | {faces} | {found} | {(faces > 0 ? (double)found / faces : double.NaN):0.000} | {elsewhere} | {doubted} | {(double)elsewhere / Math.Max(1, pictures):0.000} | {points}");
        }
    }
}
