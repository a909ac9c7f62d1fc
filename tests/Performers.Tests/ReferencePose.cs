using System.Numerics;
using System.Text.Json;
using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Truth;
using VideoGaze.TestSupport;

namespace VideoGaze.Performers.Tests;

/// <summary>A pose of a person of the cast with what an independent implementation (numpy, double precision) made of it.</summary>
internal sealed class ReferencePose
{
    private readonly JsonElement row;

    private ReferencePose(JsonElement row) => this.row = row;

    public static IReadOnlyList<ReferencePose> All { get; } = Load();

    public string Person => row.GetProperty("person").GetString()!;

    public JsonElement Labels => row.GetProperty("labels");

    public int VertexStride => row.GetProperty("vertex_stride").GetInt32();

    public Vector3[] Vertices => [.. row.GetProperty("vertices").EnumerateArray().Select(Vector)];

    public Vector3 Target => Vector(row.GetProperty("look_at").GetProperty("target"));

    public EyePair<Vector2> LookAtDegrees => new(Pair(row.GetProperty("look_at").GetProperty("L")), Pair(row.GetProperty("look_at").GetProperty("R")));

    public PinholeCamera Camera
    {
        get
        {
            JsonElement camera = row.GetProperty("camera");
            float[] k = Numbers(camera.GetProperty("k"));
            return new(camera.GetProperty("width").GetInt32(), camera.GetProperty("height").GetInt32(), k[0], k[1], k[2], k[3]);
        }
    }

    public PerformerPose Pose
    {
        get
        {
            JsonElement gaze = row.GetProperty("gaze_deg");
            Vector2 left = Pair(gaze[0]), right = Pair(gaze[1]);
            return new PerformerPose
            {
                Head = Turn(row.GetProperty("head_deg")),
                Body = Turn(row.GetProperty("body_deg")),
                Position = Vector(row.GetProperty("position_cm")),
                LeftGaze = GazeAngles.FromDegrees(left.X, left.Y),
                RightGaze = GazeAngles.FromDegrees(right.X, right.Y),
                Expression = row.GetProperty("expression").Deserialize<Expression>()!,
            }.WithBlink(row.GetProperty("blink").GetSingle());
        }
    }

    public static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetSingle())];

    public static Vector2 Pair(JsonElement array) => new(array[0].GetSingle(), array[1].GetSingle());

    public static Vector3 Vector(JsonElement array) => new(array[0].GetSingle(), array[1].GetSingle(), array[2].GetSingle());

    private static HeadPose Turn(JsonElement degrees)
    {
        float[] angles = Numbers(degrees);
        return new(float.DegreesToRadians(angles[0]), float.DegreesToRadians(angles[1]), float.DegreesToRadians(angles[2]));
    }

    private static ReferencePose[] Load()
    {
        string file = Path.Combine(SharedAssets.RepositoryRoot, "tests", "Performers.Tests", "Fixtures", "prototype-poses.json");
        return [.. JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.EnumerateArray().Select(row => new ReferencePose(row))];
    }
}
