using Microsoft.ML.OnnxRuntime;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using VideoGaze.Training.Networks.Landmarks;
using VideoGaze.Training.OnnxExport;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class EyesRecipeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_exported_file_computes_what_the_network_computes(bool sameWeights)
    {
        using var network = new EyesNetwork();
        using var other = new EyesNetwork();
        using var drawn = new DrawnEyes(1);
        string path = Path.Combine(drawn.Root, "eyes.onnx");
        File.WriteAllBytes(path, EyesGraph.Build(network, halfWeights: false, new Dictionary<string, string>()));
        double difference = EyesExporter.LargestDifference(path, sameWeights ? network : other);
        Assert.Equal(sameWeights, difference <= EyesExporter.Tolerance);
    }

    [Fact]
    public void What_was_exported_can_be_trained_further()
    {
        using EyesNetwork network = new(), again = new();
        using var drawn = new DrawnEyes(1);
        string path = Path.Combine(drawn.Root, "eyes.onnx");
        File.WriteAllBytes(path, EyesGraph.Build(network, halfWeights: false, new Dictionary<string, string>()));
        EyesWeights.Load(path, again);
        Assert.InRange(EyesExporter.LargestDifference(path, again), 0, EyesExporter.Tolerance);

        using var landmarks = new LandmarkNetwork();
        string stranger = Path.Combine(drawn.Root, "landmarks.onnx");
        LandmarkExporter.Export(landmarks, stranger, new Dictionary<string, string>());
        Assert.Equal(FailureKind.ModelInvalid, Assert.Throws<UserFacingException>(() => EyesWeights.Load(stranger, again)).Kind);
    }

    [Fact]
    public void A_mirrored_face_is_the_same_to_the_network_with_its_eyes_exchanged()
    {
        using var drawn = new DrawnEyes();
        List<EyesSample> faces = EyesSamples.Load(drawn.Labels), mirrored = EyesSamples.Load(drawn.MirroredLabels);
        EyesBatch batch = EyesBatch.Plain(faces), mirror = EyesBatch.Plain(mirrored);
        for (int face = 0; face < faces.Count; face++)
        {
            foreach (int row in new[] { 2 * face, (2 * face) + 1 })
            {
                int other = row ^ 1;
                Close(batch.Own, mirror.Own, row, other, 2, 1e-4);
                Close(batch.Both, mirror.Both, row, other, 2, 1e-4);
                Close(batch.Heads, mirror.Heads, row, other, 2, 1e-4);
                Close(batch.Points, mirror.Points, row, other, EyesNetwork.PointNumbers, 1e-3);

                // Interpolation at a 32nd of a pixel leaves some levels at edges; another eye, or one not mirrored, differs by 20 on average.
                double gap = Enumerable.Range(0, EyesBatch.Area).Average(i => Math.Abs(batch.Eyes[(row * EyesBatch.Area) + i] - mirror.Eyes[(other * EyesBatch.Area) + i]));
                Assert.InRange(gap, 0, 1 / 255.0);
            }
        }
    }

    [Fact]
    public void Both_eyes_are_shown_with_the_inner_corner_at_the_left_and_every_point_where_it_is()
    {
        using var drawn = new DrawnEyes();
        EyesBatch batch = EyesBatch.Plain(EyesSamples.Load(drawn.Labels));
        for (int row = 0; row < 2 * batch.Faces; row++)
        {
            ReadOnlySpan<float> points = batch.Points.AsSpan(row * EyesNetwork.PointNumbers, EyesNetwork.PointNumbers);

            // Corners lie 1 / 2.2 half widths from the middle, upper lids above, lower lids below.
            Assert.Equal(-1 / EyesNetwork.Extent, points[0], 1e-3);
            Assert.Equal(1 / EyesNetwork.Extent, points[6], 1e-3);
            Assert.True(points[3] < 0 && points[5] < 0 && points[9] > 0 && points[11] > 0);

            // The drawn iris is the darkest place of the picture.
            int x = (int)((points[12] + 1) * EyesNetwork.Width / 2), y = (int)((points[13] * EyesNetwork.Width / 2) + (EyesNetwork.Height / 2));
            Assert.True(batch.Eyes[(row * EyesBatch.Area) + (y * EyesNetwork.Width) + x] < 0.3f);
        }
    }

    [Fact]
    public void Augmented_labels_follow_their_pictures()
    {
        using var drawn = new DrawnEyes();
        List<EyesSample> faces = EyesSamples.Load(drawn.Labels);
        EyesBatch batch = EyesBatch.Draw(faces, 40, seed: 3, step: 1), again = EyesBatch.Draw(faces, 40, seed: 3, step: 1), next = EyesBatch.Draw(faces, 40, seed: 3, step: 2);
        Assert.Equal(batch.Eyes, again.Eyes);
        Assert.NotEqual(batch.Eyes, next.Eyes);
        int found = 0;
        for (int row = 0; row < 80; row++)
        {
            // Blur, noise and covers aside, the iris is darker than the inner and the outer corner.
            float At(int point)
            {
                int x = (int)((batch.Points[(row * EyesNetwork.PointNumbers) + (2 * point)] + 1) * EyesNetwork.Width / 2);
                int y = (int)((batch.Points[(row * EyesNetwork.PointNumbers) + (2 * point) + 1] * EyesNetwork.Width / 2) + (EyesNetwork.Height / 2));
                return x < 0 || y < 0 || x >= EyesNetwork.Width || y >= EyesNetwork.Height ? 1 : batch.Eyes[(row * EyesBatch.Area) + (y * EyesNetwork.Width) + x];
            }

            found += At(6) < At(0) && At(6) < At(3) ? 1 : 0;
        }

        Assert.InRange(found, 64, 80);
    }

    [Fact]
    public void A_line_of_a_triplet_set_is_five_labelled_faces()
    {
        using var drawn = new DrawnEyes(1);
        Assert.Equal(5, EyesSamples.Load(drawn.TripletLabels).Count);
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_bit_for_bit()
    {
        using var drawn = new DrawnEyes();
        EyesRecipeOptions whole = Options(drawn, "whole") with { Steps = 6 }, stopped = whole with { Output = Path.Combine(drawn.Root, "stopped") };
        EyesRecipe.Run(whole, null, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => EyesRecipe.Run(stopped, new StopAfterCheckpoint(stop, stopped.Output), stop.Token));
        EyesRecipe.Run(stopped, null, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole.Output, EyesRecipe.CheckpointName)), File.ReadAllBytes(Path.Combine(stopped.Output, EyesRecipe.CheckpointName)));
    }

    [Fact]
    public void The_smoke_preset_learns_from_drawn_eyes_and_writes_a_network_that_says_what_it_is()
    {
        using var drawn = new DrawnEyes();
        EyesRecipeOptions options = Options(drawn, "smoke").AsSmokeTest();
        double before = EyesRecipe.Run(options with { Steps = 1, Output = Path.Combine(drawn.Root, "before") }, null, TestContext.Current.CancellationToken).HeldOut.MedianDegrees;
        EyesExport export = EyesRecipe.Run(options with { Steps = 60 }, null, TestContext.Current.CancellationToken);
        Assert.True(export.HeldOut.MedianDegrees < 0.8 * before, $"{before:0.0} degrees before, {export.HeldOut.MedianDegrees:0.0} after");
        Assert.InRange(export.LargestDifference, 0, EyesExporter.Tolerance);
        using var session = new InferenceSession(File.ReadAllBytes(export.Path));
        Assert.Equal([2, 3, 48, 64], session.InputMetadata["eyes"].Dimensions);
        Assert.Equal([2, 2], session.InputMetadata["heads"].Dimensions);
        Assert.Equal([2, 22], session.OutputMetadata["answers"].Dimensions);
        Assert.Contains("median", session.ModelMetadata.CustomMetadataMap["videogaze.heldOut"], StringComparison.Ordinal);
    }

    private static EyesRecipeOptions Options(DrawnEyes drawn, string output) =>
        new([drawn.Labels], [drawn.Labels], Path.Combine(drawn.Root, output), BatchFaces: 8, CheckpointEvery: 3, MeasureEvery: 0);

    private static void Close(float[] a, float[] b, int rowA, int rowB, int count, double tolerance)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(a[(rowA * count) + i], b[(rowB * count) + i], tolerance);
        }
    }

    /// <summary>Stops a run once its first checkpoint lies on disk.</summary>
    private sealed class StopAfterCheckpoint(CancellationTokenSource stop, string output) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (File.Exists(Path.Combine(output, EyesRecipe.CheckpointName)))
            {
                stop.Cancel();
            }
        }
    }
}
