using System.Numerics;
using System.Text.Json.Nodes;
using OpenCvSharp;

namespace VideoGaze.Training.Tests;

/// <summary>A temporary data set of drawn faces in the layout of <c>perform --dataset</c>: two ovals with irises that show where they look. Deleted with the test.</summary>
internal sealed class DrawnEyes : IDisposable
{
    private const int Side = 128;
    private const float EyeWidth = 26, IrisRadius = 5, EyeDistance = 52;

    /// <summary>Degrees of yaw and pitch that move a drawn iris by a pixel.</summary>
    private const float DegreesAPixel = 4;

    public DrawnEyes(int pictures = 24)
    {
        Root = Directory.CreateTempSubdirectory("videogaze-eyes-").FullName;
        Labels = Path.Combine(Root, "labels.ndjson");
        var random = new Random(5);
        File.WriteAllLines(Labels, Enumerable.Range(0, pictures).Select(i => Draw($"{i:00}", random, mirrored: false).ToJsonString()));
        random = new Random(5);
        MirroredLabels = Path.Combine(Root, "mirrored.ndjson");
        File.WriteAllLines(MirroredLabels, Enumerable.Range(0, pictures).Select(i => Draw($"m{i:00}", random, mirrored: true).ToJsonString()));
        TripletLabels = Path.Combine(Root, "triplets.ndjson");
        JsonNode One() => Draw("t", new Random(6), mirrored: false);
        File.WriteAllText(TripletLabels, new JsonObject { ["index"] = 0, ["target"] = One(), ["swap"] = One(), ["sources"] = new JsonArray(One(), One(), One()) }.ToJsonString());
    }

    public string Root { get; }

    public string Labels { get; }

    /// <summary>The same faces seen in a mirror.</summary>
    public string MirroredLabels { get; }

    /// <summary>One line with five pictures.</summary>
    public string TripletLabels { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private JsonObject Draw(string name, Random random, bool mirrored)
    {
        using var picture = new Mat(Side, Side, MatType.CV_8UC3, new Scalar(120, 150, 190));
        var look = new Vector2(random.Next(-6, 7), random.Next(-3, 4));
        var place = new Vector2(random.Next(58, 71), random.Next(50, 71));
        var eyes = new JsonObject();
        var landmarks = new Vector2[68];
        foreach (bool left in new[] { false, true })
        {
            Vector2 centre = place + new Vector2(left ? EyeDistance / 2 : -EyeDistance / 2, 0);
            Cv2.Ellipse(picture, Pixel(centre), new Size(EyeWidth / 2, 9), 0, 0, 360, Scalar.All(235), -1, LineTypes.AntiAlias);
            Cv2.Circle(picture, Pixel(centre + look), (int)IrisRadius, Scalar.All(30), -1, LineTypes.AntiAlias);
            float[] along = [-EyeWidth / 2, -5, 5, EyeWidth / 2, 5, -5];
            float[] down = [0, -8, -8, 0, 8, 8];
            for (int i = 0; i < 6; i++)
            {
                landmarks[(left ? 42 : 36) + i] = centre + new Vector2(along[i], down[i]);
            }

            // One eye turns a little further than the other, as eyes do that look at something near.
            eyes[left ? "L" : "R"] = new JsonObject
            {
                ["gaze_dir"] = Direction(look + new Vector2(left ? -0.5f : 0.5f, 0), mirrored),
                ["centre_cm"] = new JsonArray(0, 0, 60),
                ["iris_px"] = Pair(centre + look, mirrored),
                ["openness"] = 1,
                ["aperture"] = 16f / EyeWidth,
            };
        }

        if (mirrored)
        {
            Cv2.Flip(picture, picture, FlipMode.Y);
            (eyes["L"], eyes["R"]) = (eyes["R"]!.DeepClone(), eyes["L"]!.DeepClone());
            int[] eyesAsSeen = [45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40];
            Vector2[] asDrawn = [.. eyesAsSeen.Select(i => landmarks[i])];
            asDrawn.CopyTo(landmarks, 36);
        }

        Cv2.ImWrite(Path.Combine(Root, name + ".png"), picture);
        return new()
        {
            ["file"] = name + ".png",
            ["persons"] = new JsonArray(new JsonObject
            {
                ["id"] = "drawn",
                ["head"] = new JsonObject { ["rotation"] = new JsonArray(1, 0, 0, 0, -1, 0, 0, 0, -1), ["position_cm"] = new JsonArray(0, 0, 60) },
                ["gaze"] = new JsonObject { ["dir"] = Direction(look, mirrored) },
                ["eyes"] = eyes,
                ["landmarks68_px"] = new JsonArray([.. landmarks.Select(point => Pair(point, mirrored))]),
                ["face_box_px"] = new JsonArray(20, 10, 90, 110),
            }),
        };
    }

    private static JsonArray Direction(Vector2 look, bool mirrored)
    {
        Vector3 direction = Faces.Gaze.GazeAngles.FromDegrees((mirrored ? -1 : 1) * look.X * DegreesAPixel, -look.Y * DegreesAPixel).ToDirection();
        return new(direction.X, direction.Y, direction.Z);
    }

    private static JsonArray Pair(Vector2 point, bool mirrored) => new(mirrored ? Side - point.X : point.X, point.Y);

    private static Point Pixel(Vector2 place) => new((int)(place.X - 0.5f), (int)(place.Y - 0.5f));
}
