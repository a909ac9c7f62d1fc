using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class MaskRecipeTests : IDisposable
{
    private readonly DrawnPeople people = new();

    public void Dispose() => people.Dispose();

    [Fact]
    public void A_run_teaches_what_is_face_and_changes_nothing_but_the_mask()
    {
        MaskRecipeOptions options = Options("taught.safetensors") with { Steps = 150, BatchSize = 8, LearningRate = 3e-3 };
        using var watch = new Interrupt(atCheckpoint: false);
        MaskRecipeResult result = MaskRecipe.Run(options, watch, TestContext.Current.CancellationToken);

        Assert.True(watch.Reports[^1].Losses["mask"] < 0.5 * watch.Reports[0].Losses["mask"], $"{watch.Reports[0].Losses["mask"]} became {watch.Reports[^1].Losses["mask"]}");
        Assert.InRange(result.Right["face"], 0.8, 1);
        Assert.InRange(result.Right["spectacles"], 0.5, 1);
        using var scope = NewDisposeScope();
        var (before, _) = SwapCheckpoint.Open(options.Generator);
        var (after, steps) = SwapCheckpoint.Open(options.Output);
        using var disposedBefore = before;
        using var disposedAfter = after;
        Assert.Equal(150, steps);
        foreach (var (name, weight) in after.FaceLadder.named_parameters())
        {
            Assert.True(weight.equal(before.FaceLadder.get_parameter(name)!).all().item<bool>(), name);
        }

        // What the photos show has no say in the mask.
        using var noGradient = no_grad();
        Tensor target = rand(1, 3, 32, 32);
        Assert.True(after.Forward(target, rand(1, FaceTexture.Planes, 32, 32)).Mask.allclose(after.Forward(target, zeros(1, FaceTexture.Planes, 32, 32)).Mask));
    }

    [Fact]
    public void A_run_that_was_stopped_ends_with_the_same_weights()
    {
        MaskRecipeOptions whole = Options("whole.safetensors"), parted = Options("parted.safetensors");
        MaskRecipe.Run(whole, null, TestContext.Current.CancellationToken);
        using (var interrupt = new Interrupt(atCheckpoint: true))
        {
            Assert.Throws<OperationCanceledException>(() => MaskRecipe.Run(parted, interrupt, interrupt.Token));
        }

        MaskRecipe.Run(parted, null, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(whole.Output), File.ReadAllBytes(parted.Output));
    }

    [Fact]
    public void Pictures_without_masks_are_refused()
    {
        MaskRecipeOptions options = Options("none.safetensors") with { Labels = [people.Labels] };
        var failure = Assert.Throws<UserFacingException>(() => MaskRecipe.Run(options, null, TestContext.Current.CancellationToken));
        Assert.Contains(people.Labels, failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(options.Output));
    }

    [Fact]
    public void Of_swap_triplets_every_picture_is_a_lesson()
    {
        MaskRecipeOptions options = Options("unused.safetensors");
        string[] lines = File.ReadAllLines(options.Labels[0]);
        string triplets = people.PathOf("triplets.ndjson");
        File.WriteAllText(triplets, $"{{\"target\":{lines[0]},\"swap\":{lines[1]},\"sources\":[{lines[2]},{lines[3]}]}}\n");
        Assert.Equal(4, MaskPictures.Load([triplets]).All.Count);
        Assert.Equal(lines.Length, MaskPictures.Load(options.Labels).All.Count);
    }

    private MaskRecipeOptions Options(string output)
    {
        string start = people.PathOf("start.safetensors"), labels = people.PathOf("masked.ndjson");
        if (!File.Exists(start))
        {
            random.manual_seed(3);
            using var network = new SwapNetwork(new(Resolution: 32, Width: 8));
            using var optimizer = new MomentOptimizer(OptimizerKind.Adam, [], 1e-3);
            SwapCheckpoint.Save(start, network, optimizer, 7);
            WriteMasks(labels);
        }

        return new([labels], [labels], start, people.PathOf(output)) { Steps = 4, BatchSize = 4, CheckpointEvery = 2, Threads = 1 };
    }

    /// <summary>The drawn people with the oval as face and, on every second picture, a dark bar across the eyes as spectacles.</summary>
    private void WriteMasks(string path)
    {
        using var writer = new StreamWriter(path);
        int number = 0;
        foreach (string line in File.ReadLines(people.Labels))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement person = document.RootElement.GetProperty("persons")[0];
            float[][] landmarks = [.. person.GetProperty("landmarks68_px").EnumerateArray().Select(point => new[] { point[0].GetSingle(), point[1].GetSingle() })];
            var centre = new Point((landmarks[36][0] + landmarks[42][0]) / 2, landmarks[36][1] + 6);
            using Mat picture = Cv2.ImRead(people.PathOf(document.RootElement.GetProperty("file").GetString()!)), mask = new(picture.Size(), MatType.CV_8UC1, Scalar.All(0));
            Cv2.Ellipse(mask, centre, new OpenCvSharp.Size(20, 28), 0, 0, 360, Scalar.All(MaskClasses.Face), -1);
            if (number % 2 == 0)
            {
                var bar = new Rect(centre.X - 22, centre.Y - 11, 44, 8);
                Cv2.Rectangle(picture, bar, Scalar.All(10), -1);
                Cv2.Rectangle(mask, bar, Scalar.All(MaskClasses.Spectacles), -1);
            }

            Cv2.ImWrite(people.PathOf($"masked{number}.png"), picture);
            Cv2.ImWrite(people.PathOf($"mask{number}.png"), mask);
            writer.WriteLine(JsonSerializer.Serialize(new
            {
                file = $"masked{number}.png",
                mask = $"mask{number}.png",
                persons = new[] { new { id = person.GetProperty("id").GetString(), landmarks68_px = landmarks } },
            }));
            number++;
        }
    }
}
