using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class SwapAdaptationTests : IDisposable
{
    private readonly SyntheticFaces _faces = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _faces.Dispose();

    [Fact]
    public void Faces_alone_are_put_back_and_the_loss_falls_without_a_touch_to_the_mask()
    {
        var reports = new Reports();
        SwapRecipeOptions options = Recipe("alone") with { Steps = 40, ReportEvery = 10 };
        SwapRecipeResult result = SwapRecipe.Run(options, () => new SyntheticTriplets.Reader(), reports, Token);

        double first = reports.All[0].Losses.Values.Sum(), last = result.Losses.Values.Sum();
        Assert.True(last < 0.8 * first, $"the loss did not fall by 20 % in 40 steps: {first} to {last}");
        Assert.DoesNotContain("mask", result.Losses.Keys);

        using var scope = NewDisposeScope();
        random.manual_seed(options.Seed);
        using var untrained = new SwapNetwork(options.Shape);
        using var trained = SwapCheckpoint.Open(result.Checkpoint).Network;
        Assert.True(Same(untrained.MaskLadder, trained.MaskLadder), "the mask's layers changed");
        Assert.False(Same(untrained.FaceLadder, trained.FaceLadder), "the face's layers did not change");

        static bool Same(SwapLadder one, SwapLadder other) => one.parameters().Zip(other.parameters()).All(pair => pair.First.allclose(pair.Second, 0, 0));
    }

    [Fact]
    public void A_single_photo_lends_its_skin_and_two_single_pictures_are_too_few()
    {
        KeepOne(_faces.Source);
        Assert.Equal(2, SwapRecipe.Run(Recipe("single") with { Steps = 2 }, () => new SyntheticTriplets.Reader(), null, Token).Steps);

        KeepOne(_faces.Target);
        var failure = Assert.Throws<UserFacingException>(() => SwapRecipe.Run(Recipe("both"), () => new SyntheticTriplets.Reader(), null, Token));
        Assert.Equal(FailureKind.NoFace, failure.Kind);
        Assert.Equal(FailureKind.Usage, Assert.Throws<UserFacingException>(() => (Recipe("one") with { Real = [_faces.Target] }).Validate()).Kind);

        static void KeepOne(string set)
        {
            string list = Path.Combine(set, "faces.ndjson");
            File.WriteAllLines(list, File.ReadAllLines(list)[..1]);
        }
    }

    [Fact]
    public void A_generator_is_fine_tuned_into_another_file_and_the_same_seed_gives_the_same()
    {
        string generator = Generator();
        byte[] before = File.ReadAllBytes(generator);
        GeneratorExport adapted = Adapt(generator, "a"), again = Adapt(generator, "b");

        Assert.Equal((3, 64, OneShotContract.Id), (adapted.Steps, adapted.Contract.Size, adapted.Contract.Id));
        Assert.Contains("swap.onnx, 3 more steps", adapted.Contract.Description, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(generator));
        Assert.NotEqual(before, File.ReadAllBytes(adapted.Path));
        Assert.Equal(File.ReadAllBytes(adapted.Path), File.ReadAllBytes(again.Path));
        Assert.Equal(SwapWeights.ShapeOf(generator), SwapWeights.ShapeOf(adapted.Path));
    }

    [Fact]
    public void Stopped_it_leaves_no_generator()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stop.Cancel();
        SwapAdaptationOptions options = Options(Generator(), "stopped") with { Steps = 1000 };
        Assert.Throws<OperationCanceledException>(() => SwapAdaptation.Run(options, () => new SyntheticTriplets.Reader(), null, stop.Token));
        Assert.False(File.Exists(options.Output));
    }

    private GeneratorExport Adapt(string generator, string name) => SwapAdaptation.Run(Options(generator, name), () => new SyntheticTriplets.Reader(), null, Token);

    private SwapAdaptationOptions Options(string generator, string name) => new(generator, _faces.Source, _faces.Target, Path.Combine(_faces.Root, name, "adapted.onnx"))
    {
        Landmarks = string.Empty,
        GazeWeights = null,
        Steps = 3,
        BatchSize = 2,
        Threads = 1,
    };

    /// <summary>A tiny one, untrained.</summary>
    private string Generator()
    {
        SwapShape shape = new(Resolution: 32, Width: 4);
        using var network = new SwapNetwork(shape);
        string path = Path.Combine(_faces.Root, "swap.onnx");
        var contract = new ModelContract(OneShotContract.Id, "dfl_whole_face", 64, "a test's");
        File.WriteAllBytes(path, SwapGraph.Build(network, 64, halfWeights: true, new Dictionary<string, string> { [ModelContract.MetadataKey] = contract.ToJson() }));
        return path;
    }

    private SwapRecipeOptions Recipe(string output) => new([], Path.Combine(_faces.Root, output))
    {
        Real = [_faces.Source, _faces.Target],
        Shape = new(Resolution: 32, Width: 4),
        Losses = SwapLosses.Default with { Gaze = LossTerm.Off, Mask = LossTerm.Off, Likeness = LossTerm.Off },
        Steps = 4,
        BatchSize = 4,
        LearningRate = 2e-3,
        WarmUp = 4,
        Threads = 1,
        PreviewEvery = 0,
        CheckpointEvery = 1000,
    };
}
