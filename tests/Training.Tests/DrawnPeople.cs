using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.FaceSets;

namespace VideoGaze.Training.Tests;

/// <summary>A temporary folder with a label file of drawn people (coloured ovals with eyes and mouth) as the recipes read it, and a frame set of two frames. Deleted with the test.</summary>
internal sealed class DrawnPeople : IDisposable
{
    public const int Side = 96;

    public DrawnPeople()
    {
        Root = Directory.CreateTempSubdirectory("videogaze-people-").FullName;
        Labels = Path.Combine(Root, "labels.ndjson");
        using var writer = new StreamWriter(Labels);
        for (int i = 0; i < 8; i++)
        {
            string file = $"{i}.png";
            Vector2 centre = new(40 + (2 * i), 52 - i);
            using Mat picture = Draw(centre, i / 2);
            Cv2.ImWrite(Path.Combine(Root, file), picture);
            writer.WriteLine(JsonSerializer.Serialize(new
            {
                file,
                width = Side,
                height = Side,
                persons = new[] { new { id = $"p{i / 2}", landmarks68_px = Landmarks(centre).Select(point => new[] { point.X, point.Y }) } },
            }));
        }

        Frames = Path.Combine(Root, "frames");
        Directory.CreateDirectory(Frames);
        using Mat seen = Draw(new(48, 48), 1);
        Cv2.ImWrite(Path.Combine(Frames, "seen.png"), seen);
        using var empty = new Mat(Side, Side, MatType.CV_8UC3, new Scalar(90, 120, 60));
        Cv2.ImWrite(Path.Combine(Frames, "empty.png"), empty);
        Vector2[] landmarks = Landmarks(new(48, 48));
        float[][] five = [.. Five(landmarks).Select(point => new[] { point.X, point.Y })];
        FrameSample[] samples =
        [
            new("seen.png", "clip.mp4", 0, Side, Side, [new([28, 20, 40, 56], five, 0.9f)]),
            new("empty.png", "clip.mp4", 5, Side, Side, []),
        ];
        File.WriteAllLines(Path.Combine(Frames, FrameSample.ListName), samples.Select(sample => JsonSerializer.Serialize(sample, JsonSerializerOptions.Web)));
    }

    public string Root { get; }

    public string Labels { get; }

    public string Frames { get; }

    public string PathOf(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>68 points that put eyes, nose, mouth and jaw where the drawing has them.</summary>
    public static Vector2[] Landmarks(Vector2 centre)
    {
        var points = new Vector2[68];
        Array.Fill(points, centre);
        for (int i = 0; i < 17; i++)
        {
            (float sine, float cosine) = MathF.SinCos(MathF.PI * i / 16);
            points[i] = centre + new Vector2(-20 * cosine, 28 * sine);
        }

        for (int i = 0; i < 6; i++)
        {
            points[36 + i] = centre + new Vector2(-8, -6);
            points[42 + i] = centre + new Vector2(8, -6);
        }

        (points[30], points[48], points[54]) = (centre + new Vector2(0, 4), centre + new Vector2(-7, 14), centre + new Vector2(7, 14));
        return points;
    }

    private static Vector2[] Five(Vector2[] landmarks) => [landmarks[36], landmarks[42], landmarks[30], landmarks[48], landmarks[54]];

    private static Mat Draw(Vector2 centre, int person)
    {
        var picture = new Mat(Side, Side, MatType.CV_8UC3, new Scalar(40 + (30 * person), 90, 70));
        var at = new Point((int)centre.X, (int)centre.Y);
        Cv2.Ellipse(picture, at, new Size(20, 28), 0, 0, 360, new Scalar(110 + (20 * person), 150 + (10 * person), 220 - (30 * person)), -1);
        foreach (Vector2 point in Five(Landmarks(centre)))
        {
            Cv2.Circle(picture, new Point((int)point.X, (int)point.Y), 2, new Scalar(20 * person, 30, 40), -1);
        }

        return picture;
    }
}
