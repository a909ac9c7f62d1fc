using Microsoft.ML.OnnxRuntime;
using VideoGaze.Faces.Models;
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
