using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class DetectorRecipeTests
{
    [Fact]
    public void A_smoke_run_learns_and_writes_a_network_under_YuNets_contract()
    {
        using var people = new DrawnPeople();
        using var watch = new Interrupt(atCheckpoint: false);
        DetectorRecipeResult result = DetectorRecipe.Run(Options(people, "smoke.onnx").AsSmokeTest(), watch, TestContext.Current.CancellationToken);

        Assert.InRange(result.LargestDifference, 0, GeneratorExporter.Tolerance);
        Assert.True(watch.Reports[^1].Losses["face"] < watch.Reports[0].Losses["face"] * 0.7, $"{watch.Reports[0].Losses["face"]} fell to {watch.Reports[^1].Losses["face"]} only");
        using var session = new InferenceSession(File.ReadAllBytes(result.Output));
        Assert.Equal(["input"], session.InputNames);
        Assert.Equal([-1, 3, -1, -1], session.InputMetadata["input"].Dimensions);
        Assert.Equal(["cls_8", "cls_16", "cls_32", "obj_8", "obj_16", "obj_32", "bbox_8", "bbox_16", "bbox_32", "kps_8", "kps_16", "kps_32"], session.OutputNames);
        Assert.Equal("drawn", session.ModelMetadata.CustomMetadataMap["data"]);
        Assert.Contains("yunet", session.ModelMetadata.CustomMetadataMap["contract"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_stopped_ends_with_the_same_weights()
    {
        using var people = new DrawnPeople();
        DetectorRecipeOptions whole = Options(people, "whole.onnx"), parted = Options(people, "parted.onnx");
        DetectorRecipe.Run(whole, null, TestContext.Current.CancellationToken);
        using (var interrupt = new Interrupt(atCheckpoint: true))
        {
            Assert.Throws<OperationCanceledException>(() => DetectorRecipe.Run(parted, interrupt, interrupt.Token));
        }

        DetectorRecipe.Run(parted, null, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(whole.Output + ".checkpoint"), File.ReadAllBytes(parted.Output + ".checkpoint"));
    }

    [Fact]
    public void A_file_of_other_weights_does_not_pass_the_check()
    {
        using var people = new DrawnPeople();
        using DetectorNetwork network = Random(1), other = Random(2);
        string path = people.PathOf("network.onnx");
        File.WriteAllBytes(path, DetectorGraph.Build(network, new Dictionary<string, string>()));
        Assert.InRange(DetectorExport.LargestDifference(path, network, 64, 128), 0, GeneratorExporter.Tolerance);
        Assert.True(DetectorExport.LargestDifference(path, other, 64, 128) > GeneratorExporter.Tolerance);
    }

    [Fact]
    public void A_face_is_answered_at_its_centre_by_the_stride_of_its_size()
    {
        var targets = new DetectorTargets(2, 128);
        Vector2[] points = [new(50, 60), new(70, 60), new(60, 70), new(52, 80), new(68, 80)];
        targets.Add(1, [new(new FaceBox(40, 40, 40, 50), points, Certain: true)]);

        // 16 x 16, 8 x 8 and 4 x 4 cells a picture; centre (60, 65), size 45 px: strides 8 and 16.
        const int Fine = 16 * 16, Middle = 8 * 8;
        Assert.Equal(1, targets.Face[Fine + (8 * 16) + 7]);
        Assert.Equal(1, targets.Face[(2 * Fine) + Middle + (4 * 8) + 3]);
        Assert.All(targets.Face.Take(Fine), value => Assert.Equal(0, value));
        Assert.All(targets.Face.Skip(2 * (Fine + Middle)), value => Assert.Equal(0, value));
        Assert.Equal(targets.Answers.Count, targets.Face.Count(value => value > 0));
        float[] answer = targets.Answers[Fine + (8 * 16) + 7];
        Assert.Equal([7, 8, 8, 60, 65, 40, 50, 50, 60], answer[..9]);
    }

    [Fact]
    public void A_doubtful_face_is_neither_rewarded_nor_punished()
    {
        var targets = new DetectorTargets(1, 64);
        targets.Add(0, [new(new FaceBox(16, 16, 32, 32), [new(24, 26), new(40, 26), new(32, 32), new(26, 40), new(38, 40)], Certain: false)]);
        Assert.Empty(targets.Answers);
        Assert.Equal(0, targets.Counts[(4 * 8) + 4]);
        Assert.Equal(1, targets.Counts[0]);
    }

    [Fact]
    public void Mirrored_and_moved_faces_stay_inside_their_boxes()
    {
        using var people = new DrawnPeople();
        DetectorPictures pictures = DetectorPictures.Load([people.Labels], [people.Frames]);
        int faces = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            using DetectorCanvas canvas = DetectorCanvas.Draw(pictures, 128, new Random(seed));
            Assert.Equal((128, 128), (canvas.Picture.Rows, canvas.Picture.Cols));
            foreach (KnownFace face in canvas.Faces)
            {
                faces++;
                Assert.All(face.Points, point => Assert.True(Contains(face.Box, point), $"{point} lies outside {face.Box}"));

                // Eyes stay left and right as seen in the image.
                Assert.True(face.Points[0].X < face.Points[1].X);
            }
        }

        Assert.InRange(faces, 25, 200);
    }

    private static bool Contains(FaceBox box, Vector2 point) =>
        point.X >= box.X && point.X <= box.X + box.Width && point.Y >= box.Y && point.Y <= box.Y + box.Height;

    private static DetectorNetwork Random(int seed)
    {
        random.manual_seed(seed);
        var network = new DetectorNetwork();
        network.eval();
        return network;
    }

    private static DetectorRecipeOptions Options(DrawnPeople people, string output) => new([people.Labels], [people.Labels], [people.Frames], people.PathOf(output))
    {
        Steps = 4,
        BatchSize = 2,
        Side = 64,
        CheckpointEvery = 2,
        Threads = 1,
        Origin = new Dictionary<string, string> { ["data"] = "drawn" },
    };
}
