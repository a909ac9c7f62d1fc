using System.Numerics;
using System.Text.Json.Nodes;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.TestSupport;
using VideoGaze.Training.Data.Landmarks;
using VideoGaze.Training.Networks;
using VideoGaze.Training.Networks.Landmarks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class LandmarkTests
{
    [Fact]
    public void The_exported_file_computes_what_the_network_computes()
    {
        using var folder = new TemporaryFolder();
        using var network = new LandmarkNetwork();
        string path = folder["landmarks.onnx"];
        Assert.InRange(LandmarkExporter.Export(network, path, new Dictionary<string, string> { ["licence"] = "test" }), 0, GeneratorExporter.Tolerance);
        using OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Cpu));
        session.Expect(
            "a landmark network",
            [new("crop", TensorKind.Float32, 1, 3, 256, 256)],
            [
                new("mesh", TensorKind.Float32, 1, 478, 3), new("landmarks", TensorKind.Float32, 1, 68, 2),
                new("openness", TensorKind.Float32, 1, 2), new("presence", TensorKind.Float32, 1, 1),
            ]);
        Assert.Equal("test", session.Metadata["licence"]);

        using var other = new LandmarkNetwork();
        Assert.True(LandmarkExporter.LargestDifference(path, other) > GeneratorExporter.Tolerance);
    }

    [Fact]
    public void What_was_exported_can_be_trained_further()
    {
        using var folder = new TemporaryFolder();
        using LandmarkNetwork network = new(), again = new();
        string path = folder["landmarks.onnx"];
        using (no_grad())
        {
            // Branches begin at nothing: give them something to lose.
            network.LowerBranch.Points.Weight.uniform_(-0.01, 0.01);
            network.EyeBranch.Points.Weight.uniform_(-0.01, 0.01);
        }

        LandmarkExporter.Export(network, path, new Dictionary<string, string>());
        Assert.True(LandmarkExporter.LargestDifference(path, again) > GeneratorExporter.Tolerance);
        LandmarkWeights.Load(path, again);
        Assert.InRange(LandmarkExporter.LargestDifference(path, again), 0, GeneratorExporter.Tolerance);

        string stranger = folder["stranger.onnx"];
        var graph = new OnnxGraph(halfWeights: true);
        using var dense = new Dense("dense", 4, 4);
        graph.Output(graph.Gemm(graph.Input("x", 1, 4), dense), "y", 1, 4);
        File.WriteAllBytes(stranger, graph.ToModel("stranger", new Dictionary<string, string>()));
        Assert.Equal(FailureKind.ModelInvalid, Assert.Throws<UserFacingException>(() => LandmarkWeights.Load(stranger, again)).Kind);
    }

    [Fact]
    public void First_answers_are_the_mean_of_the_examples_and_shapes_reach_every_example()
    {
        using var scope = NewDisposeScope();
        using var network = new LandmarkNetwork();
        const int numbers = LandmarkTargets.MeshNumbers + LandmarkTargets.LandmarkNumbers;
        random.manual_seed(3);
        Tensor examples = matmul(randn(200, 5), randn(5, numbers)).Plus(Numbers.Half);
        network.StartFrom(examples);
        using (no_grad())
        {
            Assert.True((network.ShapePoints.Bias - examples.mean([0])).abs().max().item<float>() < 1e-4f);

            // Five directions made the examples, so the shapes span them.
            Tensor centred = (examples - examples.mean([0])).t();
            Tensor coefficients = linalg.lstsq(network.ShapePoints.Weight.narrow(1, 0, 5), centred).Solution;
            Assert.True((matmul(network.ShapePoints.Weight.narrow(1, 0, 5), coefficients) - centred).abs().max().item<float>() < 1e-2f);
        }
    }

    [Fact]
    public void Mirrored_targets_are_the_targets_of_the_mirrored_picture()
    {
        var random = new Random(5);
        FaceMesh mesh = new([.. Enumerable.Range(0, FaceMesh.PointCount).Select(_ => new Vector3(random.NextSingle(), random.NextSingle(), random.NextSingle()))], 1);
        Vector2[] landmarks = [.. Enumerable.Range(0, IbugLandmarks.Count).Select(_ => new Vector2(random.NextSingle(), random.NextSingle()))];
        float[] once = Written(mesh, landmarks, mirrored: true);

        // The written points, read back and mirrored again, are the points as they were.
        var back = new FaceMesh([.. Enumerable.Range(0, FaceMesh.PointCount).Select(i => new Vector3(once[3 * i], once[(3 * i) + 1], once[(3 * i) + 2]))], 1);
        Vector2[] landmarksBack = [.. Enumerable.Range(0, IbugLandmarks.Count).Select(i => new Vector2(once[LandmarkTargets.MeshNumbers + (2 * i)], once[LandmarkTargets.MeshNumbers + (2 * i) + 1]))];
        float[] twice = Written(back, landmarksBack, mirrored: true), never = Written(mesh, landmarks, mirrored: false);
        Assert.All(twice.Zip(never), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.Equal(once[3 * MeshTopology.ImageLeftEyeOuterCorner], 1 - mesh.Points[MeshTopology.ImageRightEyeOuterCorner].X, 1e-6f);
        Assert.Equal(once[LandmarkTargets.MeshNumbers + (2 * 36)], 1 - landmarks[45].X, 1e-6f);
    }

    [Fact]
    public void The_truth_moves_lids_and_irises_of_the_taught_mesh_and_a_lost_teacher_teaches_nothing()
    {
        LandmarkSample[] samples = [.. TruthSamples(40)];
        var bias = new TeacherBias(samples);
        LandmarkSample first = samples[0];
        Vector2 away = new(3, -2);
        Vector2[] moved = [.. first.Landmarks!];
        for (int i = 36; i < 42; i++)
        {
            moved[i] += away;
        }

        LandmarkSample corrected = bias.Corrected(first with { Landmarks = moved, Irises = [first.Irises![0] + away, first.Irises[1]] });
        Assert.Equal(first.Irises[0] + away, corrected.Mesh!.At(MeshTopology.ImageLeftIrisCentre));
        Assert.All(MeshTopology.ImageLeftEye, i => Assert.True(Vector2.Distance(corrected.Mesh.At(i), first.Mesh!.At(i) + away) < 0.05f));
        Assert.All(MeshTopology.ImageRightEye, i => Assert.True(Vector2.Distance(corrected.Mesh.At(i), first.Mesh!.At(i)) < 0.05f));
        Assert.Null(bias.Corrected(first with { Landmarks = [.. first.Landmarks!.Select(point => point + new Vector2(30, 0))] }).Mesh);
    }

    [Fact]
    public void The_mesh_for_registration_is_taught_where_it_is_known_and_the_teachers_habit_is_taken_back_where_it_is_not()
    {
        // The teacher has every point a pixel too far to the right.
        LandmarkSample[] samples = [.. TruthSamples(40).Select(sample => sample with { Registration = [.. sample.Mesh!.Points.Take(468).Select(point => new Vector2(point.X - 1, point.Y))] })];
        var bias = new TeacherBias(samples);
        Vector2[] own = [.. samples[0].Registration!];
        own[MeshTopology.NoseTip] += new Vector2(0, 4);
        FaceMesh taught = bias.Corrected(samples[0] with { Registration = own }).Mesh!;
        Assert.Equal(own[MeshTopology.NoseTip], taught.At(MeshTopology.NoseTip));
        Assert.Equal(own[MeshTopology.Chin], taught.At(MeshTopology.Chin));
        Assert.Equal(samples[0].Mesh!.Points[MeshTopology.NoseTip].Z, taught.Points[MeshTopology.NoseTip].Z);

        // Lids by the 68 points as before.
        Assert.All(MeshTopology.ImageLeftEye, i => Assert.True(Vector2.Distance(taught.At(i), samples[0].Mesh!.At(i)) < 0.05f));

        LandmarkSample real = samples[0] with { Registration = null, Exact = false };
        Assert.True(Vector2.Distance(bias.Completed(real).Mesh!.At(MeshTopology.NoseTip), samples[0].Registration![MeshTopology.NoseTip]) < 0.05f);

        // Where what is the person's own is known, too, the mesh goes without it; the 68 points still are the person's, and so are the lids.
        Vector2[] without = [.. samples[0].Mesh!.Points.Take(468).Select(point => new Vector2(point.X, point.Y + 4))];
        LandmarkSample bare = bias.Completed(real with { Registration = without });
        Assert.True(Vector2.Distance(bare.Mesh!.At(MeshTopology.NoseTip), samples[0].Registration![MeshTopology.NoseTip] + new Vector2(0, 4)) < 0.05f);
        Assert.Equal(bias.Completed(real).Landmarks, bare.Landmarks);
        Assert.All(MeshTopology.ImageLeftEye, i => Assert.Equal(samples[0].Mesh!.At(i), bare.Mesh.At(i)));
    }

    [Fact]
    public void A_resumed_run_ends_with_the_weights_of_an_uninterrupted_one_and_a_file_that_says_what_it_is()
    {
        string teacher = SharedAssets.Model("mediapipe_face_landmarks_478.onnx");
        using var folder = new TemporaryFolder();
        LandmarkRecipeOptions options = new LandmarkRecipeOptions([Few(folder, "labels.ndjson", 12)], teacher, folder["whole.onnx"]) { HeldOut = [Few(folder, "labels-heldout.ndjson", 4)], Threads = 1 }.AsSmokeTest() with { BatchSize = 4, Steps = 6, CheckpointEvery = 3 };
        LandmarkRecipeResult whole = LandmarkRecipe.Run(options, null, TestContext.Current.CancellationToken);

        using var stop = new CancellationTokenSource();
        LandmarkRecipeOptions halted = options with { Output = folder["parts.onnx"] };
        Assert.Throws<OperationCanceledException>(() => LandmarkRecipe.Run(halted, new StopAfter(stop), stop.Token));
        LandmarkRecipe.Run(halted, null, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(folder["whole.onnx.checkpoint"]), File.ReadAllBytes(folder["parts.onnx.checkpoint"]));

        Assert.Equal(4, whole.Errors[0].Pictures);
        Assert.InRange(whole.Errors[0].Landmarks, 0, 1);
        using OnnxSession session = OnnxSession.Load(folder["whole.onnx"], new(InferenceDevice.Cpu));
        Assert.Contains("478", session.Metadata["contract"], StringComparison.Ordinal);
        Assert.Contains("--steps 6", session.Metadata["command"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_mesh_that_a_data_set_states_is_taught_where_that_was_asked_for(bool asked)
    {
        string model = SharedAssets.Model("mediapipe_face_landmarks_478.onnx");
        using var folder = new TemporaryFolder();
        string labels = Few(folder, "labels.ndjson", 6);

        // Every point of the stated mesh is the nose's tip among the 68.
        File.WriteAllLines(labels, [.. File.ReadLines(labels).Select(line =>
        {
            JsonNode node = JsonNode.Parse(line)!;
            JsonNode person = node["persons"]![0]!;
            person["registration_px"] = new JsonArray([.. Enumerable.Range(0, 468).Select(_ => person["landmarks68_px"]![30]!.DeepClone())]);
            return node.ToJsonString();
        })]);
        using var teacher = new MeshTeacher(model, folder["teacher"]);
        var set = LandmarkSet.Load(new([labels], model, folder["out.onnx"]) { Registration = asked }, teacher, null, out _);
        Assert.NotEmpty(set.Rendered);
        Assert.All(set.Rendered, sample => Assert.Equal(asked, sample.Mesh!.At(MeshTopology.Chin) == sample.Landmarks![30]));
    }

    private static float[] Written(FaceMesh mesh, Vector2[] landmarks, bool mirrored)
    {
        float[] numbers = new float[LandmarkTargets.MeshNumbers + LandmarkTargets.LandmarkNumbers];
        LandmarkTargets.Write(mesh, landmarks, SimilarityTransform.Identity, mirrored, numbers);
        return numbers;
    }

    /// <summary>Faces whose teacher differs from the truth by the same habit everywhere.</summary>
    private static IEnumerable<LandmarkSample> TruthSamples(int count)
    {
        Vector2[] drawn = SyntheticFaces.Mesh(256);
        for (int k = 0; k < count; k++)
        {
            var mesh = new FaceMesh([.. drawn.Select(point => new Vector3(point.X + k, point.Y, 0))], 1);
            Vector2[] landmarks = [.. MeshTopology.Ibug68.Select((index, i) => mesh.At(index) + new Vector2(i % 3, -1))];
            yield return new(new OpenCvSharp.Mat(), "drawn", [], mesh)
            {
                Mesh = mesh,
                Landmarks = landmarks,
                Exact = true,
                Openness = [1, 1],
                Irises = [mesh.At(MeshTopology.ImageLeftIrisCentre) + Vector2.One, mesh.At(MeshTopology.ImageRightIrisCentre) + Vector2.One],
                IrisRadii = [5, 5],
            };
        }
    }

    /// <summary>The first lines of a shared label file with pictures named absolutely.</summary>
    private static string Few(TemporaryFolder folder, string name, int count)
    {
        string labels = SharedAssets.Require(Path.Combine("performers", "train", name));
        IEnumerable<string> lines = File.ReadLines(labels).Take(count).Select(line =>
        {
            JsonNode node = JsonNode.Parse(line)!;
            node["file"] = Path.Combine(Path.GetDirectoryName(labels)!, (string)node["file"]!);
            return node.ToJsonString();
        });
        File.WriteAllLines(folder[name], lines);
        return folder[name];
    }

    /// <summary>Ends a run after its first checkpoint.</summary>
    private sealed class StopAfter(CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Checkpoint is not null)
            {
                stop.Cancel();
            }
        }
    }
}
