using System.Numerics;
using System.Text.Json;
using VideoGaze.Faces.Geometry;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests.Support;

/// <summary>A picture of a data set and what is true of its main person; pixels and degrees.</summary>
internal sealed record LabelledFace(string File, FaceBox Box, double Yaw, double Pitch, double Roll, bool IsOccluded, Vector2[] Landmarks, TrueEye Left, TrueEye Right)
{
    /// <summary>Distance of the outer eye corners, the unit of landmark errors.</summary>
    public float EyeDistance => IbugLandmarks.OuterEyeDistance(Landmarks);
}

/// <summary>An eye; left and right are the person's.</summary>
internal readonly record struct TrueEye(Vector2 Iris, float Width, double Openness);

/// <summary>
/// Two dozen labelled pictures, made once for all tests of a class, or the data set that <c>VIDEOGAZE_DATASET</c> names (made with <c>perform --dataset</c>), so that larger ones can be measured.
/// </summary>
public sealed class PerformerSet : IDisposable
{
    private const string DatasetVariable = "VIDEOGAZE_DATASET";
    private readonly TemporaryFolder made = new();
    private readonly SemaphoreSlim once = new(1);

    /// <summary>Its faces, in order; skips the running test where there is no asset pack.</summary>
    internal async Task<IReadOnlyList<LabelledFace>> FacesAsync()
    {
        string folder = Environment.GetEnvironmentVariable(DatasetVariable) ?? made["set"];
        await once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!Directory.Exists(folder))
            {
                string assets = SharedAssets.Require(Path.Combine("performers", "assets"));
                ToolResult result = await RecordingTerminal.RunAsync("perform", "--dataset", "24", "-o", folder, "--assets", assets, "--seed", "5");
                Assert.True(result.ExitCode == 0, result.ToString());
            }
        }
        finally
        {
            once.Release();
        }

        return [.. ((string[])["labels.ndjson", "labels-heldout.ndjson"]).Select(name => Path.Combine(folder, name)).Where(File.Exists).SelectMany(File.ReadLines).Select(line => Read(folder, line))];
    }

    public void Dispose()
    {
        made.Dispose();
        once.Dispose();
    }

    private static LabelledFace Read(string folder, string line)
    {
        using JsonDocument labels = JsonDocument.Parse(line);
        JsonElement person = labels.RootElement.GetProperty("persons")[0], head = person.GetProperty("head"), eyes = person.GetProperty("eyes");
        float[] box = [.. person.GetProperty("face_box_px").EnumerateArray().Select(value => value.GetSingle())];
        Vector2[] landmarks = [.. person.GetProperty("landmarks68_px").EnumerateArray().Select(Point)];
        return new(
            Path.Combine(folder, labels.RootElement.GetProperty("file").GetString()!),
            new(box[0], box[1], box[2], box[3]),
            head.GetProperty("yaw_deg").GetDouble(),
            head.GetProperty("pitch_deg").GetDouble(),
            head.GetProperty("roll_deg").GetDouble(),
            labels.RootElement.GetProperty("occluded").GetBoolean(),
            landmarks,
            Eye(eyes.GetProperty("L"), Vector2.Distance(landmarks[42], landmarks[45])),
            Eye(eyes.GetProperty("R"), Vector2.Distance(landmarks[36], landmarks[39])));
    }

    private static TrueEye Eye(JsonElement eye, float width) => new(Point(eye.GetProperty("iris_px")), width, eye.GetProperty("openness").GetDouble());

    private static Vector2 Point(JsonElement point) => new(point[0].GetSingle(), point[1].GetSingle());
}
