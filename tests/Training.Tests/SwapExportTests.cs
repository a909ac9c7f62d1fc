using Microsoft.ML.OnnxRuntime;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.TestSupport;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class SwapExportTests
{
    [Fact]
    public void The_exported_file_computes_what_the_network_computes_at_twice_its_side()
    {
        using var triplets = new SyntheticTriplets();
        SwapRecipeOptions options = triplets.Options("export") with { Steps = 3 };
        SwapRecipe.Run(options, () => new SyntheticTriplets.Reader(), null, TestContext.Current.CancellationToken);
        Assert.True(SwapExporter.IsCheckpoint(options.Output));
        GeneratorExport export = SwapExporter.Export(new(options.Output, Path.Combine(triplets.Root, "swap.onnx")));

        Assert.InRange(export.LargestDifference, 0, GeneratorExporter.Tolerance);
        using var session = new InferenceSession(File.ReadAllBytes(export.Path));
        Assert.Equal(["target", "source"], session.InputNames);
        Assert.Equal(["face", "mask"], session.OutputNames);
        Assert.Equal([1, 64, 64, 3], session.OutputMetadata["face"].Dimensions);
        ModelContract contract = ModelContract.FromJson(session.ModelMetadata.CustomMetadataMap[ModelContract.MetadataKey]);
        Assert.Equal((OneShotContract.Id, "dfl_whole_face", 64), (contract.Id, contract.Template, contract.Size));
        Assert.Empty(Directory.GetFiles(triplets.Root, "*.partial"));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void A_file_of_other_weights_does_not_pass_the_check(int side)
    {
        string folder = Directory.CreateTempSubdirectory("videogaze-swap-").FullName;
        try
        {
            SwapShape shape = new(Resolution: 32, Width: 4);
            using var network = new SwapNetwork(shape);
            using var other = new SwapNetwork(shape);
            string generator = Path.Combine(folder, "g.onnx");
            File.WriteAllBytes(generator, SwapGraph.Build(network, side, halfWeights: false, new Dictionary<string, string>()));
            Assert.InRange(SwapExporter.LargestDifference(generator, network, side), 0, GeneratorExporter.Tolerance);
            Assert.True(SwapExporter.LargestDifference(generator, other, side) > GeneratorExporter.Tolerance);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(32, 4, true)]
    [InlineData(64, 8, false)]
    [InlineData(128, 5, true)]
    public void A_file_gives_its_network_back_which_computes_and_exports_the_same(int resolution, int width, bool halfWeights)
    {
        using var folder = new TemporaryFolder();
        SwapShape shape = new(resolution, width);
        using var exported = new SwapNetwork(shape);
        using var started = new SwapNetwork(shape);
        byte[] file = Build(exported);
        string path = folder.Write("swap.onnx", file);
        Assert.Equal(shape, SwapWeights.ShapeOf(path));
        Assert.True(SwapExporter.LargestDifference(path, started, 2 * resolution) > GeneratorExporter.Tolerance);

        SwapWeights.Load(path, started);
        Assert.InRange(SwapExporter.LargestDifference(path, started, 2 * resolution), 0, GeneratorExporter.Tolerance);
        Assert.Equal(file, Build(started));

        byte[] Build(SwapNetwork network) => SwapGraph.Build(network, 2 * resolution, halfWeights, Contract(2 * resolution));
    }

    [Fact]
    public void A_file_of_other_sizes_or_of_no_one_shot_generator_is_no_start()
    {
        using var folder = new TemporaryFolder();
        using var network = new SwapNetwork(new(32, 4));
        using var wider = new SwapNetwork(new(32, 5));
        string path = folder.Write("swap.onnx", SwapGraph.Build(network, 64, halfWeights: true, Contract(64))), bare = folder.Write("bare.onnx", SwapGraph.Build(network, 64, halfWeights: true, new Dictionary<string, string>()));

        Assert.Equal(FailureKind.Usage, Assert.Throws<UserFacingException>(() => SwapWeights.Load(path, wider)).Kind);
        Assert.Equal(FailureKind.ModelInvalid, Assert.Throws<UserFacingException>(() => SwapWeights.Load(bare, network)).Kind);
        Assert.Equal(FailureKind.InputMissing, Assert.Throws<UserFacingException>(() => SwapWeights.ShapeOf(path + ".missing")).Kind);
    }

    private static Dictionary<string, string> Contract(int side) => new() { [ModelContract.MetadataKey] = new ModelContract(OneShotContract.Id, "dfl_whole_face", side, "a test's").ToJson() };

    [Fact]
    public void A_pairs_checkpoint_is_no_one_shot_generators()
    {
        using var faces = new SyntheticFaces();
        PairTrainingOptions options = faces.Options("pair") with { Steps = 1 };
        PairTrainer.Run(options, null, TestContext.Current.CancellationToken);
        Assert.False(SwapExporter.IsCheckpoint(options.Output));
        Assert.False(SwapExporter.IsCheckpoint(faces.Source));
    }
}
