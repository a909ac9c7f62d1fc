using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Losses;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

/// <summary>Teachers are networks of ours with random weights: what each cell should answer is then known from the network itself.</summary>
[Collection("torch")]
public sealed class DetectorTeacherTests
{
    private const int Side = 64, Pictures = 3;

    [Fact]
    public void A_teacher_answers_cell_by_cell_in_the_order_of_the_loss()
    {
        using var people = new DrawnPeople();
        using var scope = NewDisposeScope();
        using DetectorNetwork network = Random(3);
        using DetectorTeacher teacher = DetectorTeacher.Open(Exported(people, network));
        var (pictures, taught) = Taught(teacher);
        Tensor expected = cat([.. network.forward(Numbers.Tensor(pictures, Pictures, 3, Side, Side)).Select(level => level.permute(0, 2, 3, 1).reshape(-1, DetectorTeacher.Channels))], 0);
        float[] raw = TensorFile.Numbers(expected);
        Assert.Equal(raw.Length, taught.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            float value = i % DetectorTeacher.Channels < 2 ? 1 / (1 + MathF.Exp(-raw[i])) : raw[i];
            Assert.Equal(value, taught[i], 1e-3f);
        }
    }

    [Fact]
    public void Whoever_answers_as_the_teacher_does_has_the_least_loss()
    {
        using var people = new DrawnPeople();
        using var scope = NewDisposeScope();
        using DetectorNetwork network = Random(3), other = Random(4);
        using DetectorTeacher teacher = DetectorTeacher.Open(Exported(people, network));
        var (pictures, taught) = Taught(teacher);
        Tensor batch = Numbers.Tensor(pictures, Pictures, 3, Side, Side);
        var (sum, parts) = DetectorDistillation.Of(network.forward(batch), taught);
        Assert.Equal(["box", "points", "score"], parts.Keys.Order());
        Assert.True(sum.item<float>() < 0.02, string.Join(", ", parts.Select(part => $"{part.Key} {part.Value.item<float>()}")));
        Assert.True(DetectorDistillation.Of(other.forward(batch), taught).Sum.item<float>() > 1);
    }

    [Fact]
    public void A_run_with_a_teacher_learns_its_answers_and_ends_with_the_same_weights_after_a_stop()
    {
        using var people = new DrawnPeople();
        using DetectorNetwork network = Random(3);
        string teacher = Exported(people, network);
        DetectorRecipeOptions whole = Options(people, teacher, "whole.onnx"), parted = Options(people, teacher, "parted.onnx");
        using var watch = new Interrupt(atCheckpoint: false);
        DetectorRecipe.Run(whole, watch, TestContext.Current.CancellationToken);
        Assert.True(watch.Reports[^1].Losses["score"] < watch.Reports[0].Losses["score"] * 0.8, $"{watch.Reports[0].Losses["score"]} fell to {watch.Reports[^1].Losses["score"]} only");
        using (var interrupt = new Interrupt(atCheckpoint: true))
        {
            Assert.Throws<OperationCanceledException>(() => DetectorRecipe.Run(parted, interrupt, interrupt.Token));
        }

        DetectorRecipe.Run(parted, null, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(whole.Output + ".checkpoint"), File.ReadAllBytes(parted.Output + ".checkpoint"));
    }

    [Fact]
    public void A_file_gives_the_least_score_as_the_usual_one()
    {
        using var people = new DrawnPeople();
        using DetectorNetwork network = Random(3);
        string path = people.PathOf("bold.onnx");
        var (_, difference) = DetectorExport.Write(network, new Dictionary<string, string>(), path, leastScore: 0.3);
        Assert.InRange(difference, 0, GeneratorExporter.Tolerance);
        Assert.True(DetectorExport.LargestDifference(path, network, 64, 64) > GeneratorExporter.Tolerance);
        using DetectorTeacher bold = DetectorTeacher.Open(path), plain = DetectorTeacher.Open(Exported(people, network));
        float[] raised = Taught(bold).Taught, scores = Taught(plain).Taught;
        for (int cell = 0; cell < scores.Length; cell += DetectorTeacher.Channels)
        {
            Assert.Equal(scores[cell] * scores[cell + 1] >= 0.3, raised[cell] * raised[cell + 1] >= DetectorGraph.UsualLeastScore);
        }
    }

    [Fact]
    public void Another_network_cannot_teach()
    {
        using var people = new DrawnPeople();
        string path = people.PathOf("other.onnx");
        var graph = new OnnxGraph(halfWeights: false);
        graph.Output(graph.Sigmoid(graph.Input("input", 0, 3, 0, 0)), "faces", 0, 3, 0, 0);
        File.WriteAllBytes(path, graph.ToModel("other", new Dictionary<string, string>()));
        Assert.Equal(FailureKind.ModelInvalid, Assert.Throws<UserFacingException>(() => DetectorTeacher.Open(path)).Kind);
    }

    [Fact]
    public void Strange_pictures_keep_their_size_and_differ_from_what_they_were()
    {
        using Mat white = new(48, 48, MatType.CV_8UC3, new Scalar(250, 200, 150)), dark = new(48, 48, MatType.CV_8UC3, new Scalar(10, 20, 30));
        Cv2.Rectangle(white, new Rect(4, 8, 10, 12), new Scalar(0, 0, 255), -1);
        for (int seed = 0; seed < 40; seed++)
        {
            using Mat picture = white.Clone();
            StrangePicture.Make(picture, dark, new Random(seed));
            Assert.Equal((white.Size(), white.Type()), (picture.Size(), picture.Type()));
            Assert.True(Cv2.Norm(white, picture) > 0, $"seed {seed}");
        }
    }

    private static (float[] Pictures, float[] Taught) Taught(DetectorTeacher teacher)
    {
        var random = new Random(5);
        float[] pictures = [.. Enumerable.Range(0, Pictures * 3 * Side * Side).Select(_ => random.NextSingle())];
        float[] taught = new float[DetectorTeacher.Cells(Pictures, Side) * DetectorTeacher.Channels];
        for (int i = 0; i < Pictures; i++)
        {
            teacher.Answer(pictures.AsSpan(i * 3 * Side * Side, 3 * Side * Side), Side, i, Pictures, taught);
        }

        return (pictures, taught);
    }

    private static string Exported(DrawnPeople people, DetectorNetwork network)
    {
        string path = people.PathOf("teacher.onnx");
        File.WriteAllBytes(path, DetectorGraph.Build(network, new Dictionary<string, string>()));
        return path;
    }

    private static DetectorNetwork Random(int seed)
    {
        random.manual_seed(seed);
        var network = new DetectorNetwork();
        network.eval();
        return network;
    }

    private static DetectorRecipeOptions Options(DrawnPeople people, string teacher, string output) => new([people.Labels], [people.Labels], [people.Frames], people.PathOf(output))
    {
        Steps = 60,
        BatchSize = 2,
        Side = Side,
        CheckpointEvery = 20,
        Threads = 1,
        Teacher = teacher,
    };
}
