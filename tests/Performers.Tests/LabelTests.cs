using System.Numerics;
using System.Text.Json;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Tests;

/// <summary>
/// Labels and vertices against an independent implementation (numpy): three people in four poses each. The bounds are those of the project's promise, 0.01 px
/// and 0.01 degrees; what remains is single precision.
/// </summary>
public sealed class LabelTests(PackFixture pack) : IClassFixture<PackFixture>
{
    private const float Pixels = 0.01f;
    private const float Degrees = 0.01f;
    private const float Centimetres = 0.0005f;

    public static TheoryData<int> Poses => [.. Enumerable.Range(0, ReferencePose.All.Count)];

    [Theory]
    [MemberData(nameof(Poses))]
    public void Vertices_are_those_of_the_reference(int index)
    {
        ReferencePose reference = ReferencePose.All[index];
        PosedPerformer posed = pack.Person(reference.Person).Pose(reference.Pose);
        Vector3[] expected = reference.Vertices;

        // The torso's shoulders are this renderer's own; so is the round outline of curls, which nobody here has.
        int torso = pack.Assets.Head.Neutral.Length, hair = torso + pack.Assets.TorsoVertices.Length;
        for (int i = 0; i < expected.Length; i++)
        {
            if (i * reference.VertexStride >= torso && i * reference.VertexStride < hair)
            {
                continue;
            }

            Assert.InRange(Vector3.Distance(expected[i], posed.Vertices[i * reference.VertexStride]), 0, Centimetres);
        }
    }

    [Theory]
    [MemberData(nameof(Poses))]
    public void Labels_are_those_of_the_reference(int index)
    {
        ReferencePose reference = ReferencePose.All[index];
        PerformerLabels labels = PerformerLabels.Of(pack.Person(reference.Person).Pose(reference.Pose), reference.Camera, reference.Target);
        JsonElement expected = reference.Labels;
        JsonElement head = expected.GetProperty("head");

        AssertNear(head.GetProperty("yaw_deg").GetSingle(), (float)labels.Head.YawDegrees, Degrees);
        AssertNear(head.GetProperty("pitch_deg").GetSingle(), (float)labels.Head.PitchDegrees, Degrees);
        AssertNear(head.GetProperty("roll_deg").GetSingle(), (float)labels.Head.RollDegrees, Degrees);
        AssertNear(ReferencePose.Vector(head.GetProperty("position_cm")), labels.HeadPosition, Centimetres);
        AssertRotation(ReferencePose.Numbers(head.GetProperty("rotation")), labels.HeadRotation);
        AssertDirection(expected.GetProperty("gaze").GetProperty("dir"), labels.GazeDirection);
        AssertDirection(expected.GetProperty("gaze").GetProperty("target_dir"), labels.GazeTargetDirection!.Value);
        AssertEye(expected.GetProperty("eyes").GetProperty("L"), labels.Eyes.Left);
        AssertEye(expected.GetProperty("eyes").GetProperty("R"), labels.Eyes.Right);
        Assert.Equal(expected.GetProperty("blink").GetBoolean(), labels.Blink);

        float[] box = ReferencePose.Numbers(expected.GetProperty("face_box_px"));
        AssertNear(new Vector3(box[0], box[1], box[2]), new Vector3(labels.FaceBox.X, labels.FaceBox.Y, labels.FaceBox.Width), Pixels);
        Vector2[] landmarks = [.. expected.GetProperty("landmarks68_px").EnumerateArray().Select(ReferencePose.Pair)];
        for (int i = 0; i < 68; i++)
        {
            Assert.InRange(Vector2.Distance(landmarks[i], labels.Landmarks68[i]), 0, Pixels);
        }
    }

    [Fact]
    public void The_dense_mesh_is_symmetric_and_its_lips_move_with_their_own_jaw()
    {
        Vector3[] rest = MeshPlaces.On(pack.Assets.Head.Neutral);
        for (int i = 0; i < MeshPlaces.Count; i++)
        {
            Vector3 mirrored = rest[MeshTopology.Mirror(i)] * new Vector3(-1, 1, 1);
            Assert.True(Vector3.Distance(rest[i], mirrored) < 0.6f, $"point {i} at {rest[i]}, its partner at {mirrored}, cm");
        }

        Performer person = pack.Person("A");
        PerformerPose shut = new(), open = shut with { Expression = Expressions.OpenMouth };
        Vector3[] before = MeshPlaces.Of(person.Pose(shut)), after = MeshPlaces.Of(person.Pose(open));
        float Move(int point) => Vector3.Distance(before[point], after[point]);

        // 13 and 14 are the middles of the upper and the lower lip's inner edge, 152 is the chin.
        Assert.True(Move(13) < 0.3f * Move(14) && Move(MeshTopology.Chin) > 0.5f && Move(MeshTopology.NoseTip) < 0.05f, $"{Move(13)} {Move(14)} {Move(MeshTopology.Chin)} {Move(MeshTopology.NoseTip)}");
    }

    [Fact]
    public void By_the_mesh_for_registration_two_people_differ_in_eyes_and_outline_only()
    {
        PinholeCamera camera = PinholeCamera.Centred(1000, 1000, 3000);
        PerformerPose pose = new() { Head = new(float.DegreesToRadians(10), 0, 0), Position = new(0, 0, 100) };
        DenseMeshes a = Meshes("A"), b = Meshes("H");
        Assert.All((IEnumerable<int>)[.. MeshTopology.ImageLeftEye, .. MeshTopology.ImageRightEye, .. MeshTopology.FaceOval], i => Assert.Equal(a.Exact[i], a.Registration[i]));

        // The nose's tip and the corners of the mouth, from the middle of the eyes' corners.
        int[] features = [MeshTopology.NoseTip, MeshTopology.ImageLeftMouthCorner, MeshTopology.ImageRightMouthCorner];
        double Between(Func<DenseMeshes, IReadOnlyList<Vector2>> mesh) => features.Max(i => Vector2.Distance(FromEyes(mesh(a), i), FromEyes(mesh(b), i)));
        Assert.True(Between(meshes => meshes.Exact) > 5 * Between(meshes => meshes.Registration), $"{Between(meshes => meshes.Exact)} {Between(meshes => meshes.Registration)}");

        // What a face does at rest is expression, and stays.
        DenseMeshes Meshes(string name) =>
            DenseMeshes.Of(new Performer(pack.Assets, pack.Person(name).Identity with { RestExpression = Expression.Neutral }).Pose(pose), camera);

        static Vector2 FromEyes(IReadOnlyList<Vector2> mesh, int point)
        {
            int[] corners = [MeshTopology.ImageLeftEyeOuterCorner, MeshTopology.ImageLeftEyeInnerCorner, MeshTopology.ImageRightEyeInnerCorner, MeshTopology.ImageRightEyeOuterCorner];
            Vector2 middle = corners.Aggregate(Vector2.Zero, (sum, i) => sum + mesh[i]) / 4;
            return (mesh[point] - middle) / MathF.Sqrt(corners.Sum(i => Vector2.DistanceSquared(mesh[i], middle)));
        }
    }

    [Theory]
    [MemberData(nameof(Poses))]
    public void Looking_at_a_point_turns_both_visual_axes_onto_it(int index)
    {
        ReferencePose reference = ReferencePose.All[index];
        Performer person = pack.Person(reference.Person);
        EyePair<GazeAngles> gaze = person.LookAt(reference.Target, reference.Pose);
        PosedPerformer posed = person.Pose(reference.Pose.WithGaze(gaze));

        AssertNear(reference.LookAtDegrees.Left, Degreed(gaze.Left), Degrees);
        AssertNear(reference.LookAtDegrees.Right, Degreed(gaze.Right), Degrees);
        foreach (PosedEye eye in (PosedEye[])[posed.Eyes.Left, posed.Eyes.Right])
        {
            Assert.InRange(AngleBetween(Vector3.Normalize(reference.Target - eye.Centre), eye.GazeDirection), 0, Degrees / 10);
        }
    }

    [Fact]
    public void A_whole_blink_shuts_both_eyes_of_everyone()
    {
        foreach (string name in (string[])["A", "C", "H"])
        {
            PerformerLabels labels = PerformerLabels.Of(pack.Person(name).Pose(new PerformerPose().WithBlink(1)), PinholeCamera.Centred(512, 512, 1500));
            Assert.InRange(labels.Eyes.Left.Openness, 0, 0.02f);
            Assert.InRange(labels.Eyes.Right.Openness, 0, 0.02f);
        }
    }

    private static void AssertEye(JsonElement expected, EyeLabels eye)
    {
        AssertDirection(expected.GetProperty("gaze_dir"), eye.GazeDirection);
        AssertDirection(expected.GetProperty("optical_dir"), eye.OpticalDirection);
        AssertNear(ReferencePose.Pair(expected.GetProperty("in_head_deg")), Degreed(eye.InHead), Degrees);
        AssertNear(ReferencePose.Pair(expected.GetProperty("gaze_deg")), Degreed(eye.Gaze), Degrees);
        AssertNear(ReferencePose.Vector(expected.GetProperty("centre_cm")), eye.Centre, Centimetres);
        AssertNear(ReferencePose.Pair(expected.GetProperty("centre_px")), eye.CentrePixels, Pixels);
        AssertNear(ReferencePose.Pair(expected.GetProperty("iris_px")), eye.IrisPixels, Pixels);
        AssertNear(expected.GetProperty("iris_radius_px").GetSingle(), eye.IrisRadiusPixels, Pixels);
        AssertNear(expected.GetProperty("openness").GetSingle(), eye.Openness, 0.002f);
        AssertNear(expected.GetProperty("aperture").GetSingle(), eye.Aperture, 0.0005f);
    }

    private static void AssertRotation(float[] rowMajor, Quaternion rotation)
    {
        for (int column = 0; column < 3; column++)
        {
            Vector3 axis = new(column == 0 ? 1 : 0, column == 1 ? 1 : 0, column == 2 ? 1 : 0);
            Vector3 expected = new(rowMajor[column], rowMajor[3 + column], rowMajor[6 + column]);
            Assert.InRange(AngleBetween(expected, Vector3.Transform(axis, rotation)), 0, Degrees);
        }
    }

    private static void AssertDirection(JsonElement expected, Vector3 actual) => Assert.InRange(AngleBetween(ReferencePose.Vector(expected), actual), 0, Degrees);

    private static void AssertNear(float expected, float actual, float tolerance) => Assert.InRange(MathF.Abs(expected - actual), 0, tolerance);

    private static void AssertNear(Vector2 expected, Vector2 actual, float tolerance) => Assert.InRange(Vector2.Distance(expected, actual), 0, tolerance);

    private static void AssertNear(Vector3 expected, Vector3 actual, float tolerance) => Assert.InRange(Vector3.Distance(expected, actual), 0, tolerance);

    private static Vector2 Degreed(GazeAngles angles) => new((float)angles.YawDegrees, (float)angles.PitchDegrees);

    private static float AngleBetween(Vector3 a, Vector3 b) => float.RadiansToDegrees(MathF.Atan2(Vector3.Cross(a, b).Length(), Vector3.Dot(a, b)));
}
