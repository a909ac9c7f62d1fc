using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class SwapExportTests
{
    [Fact]
    public void The_exported_files_compute_what_the_network_computes_and_belong_together()
    {
        using var triplets = new SyntheticTriplets();
        SwapRecipeOptions options = triplets.Options("export") with { Steps = 3 };
        SwapRecipe.Run(options, null, TestContext.Current.CancellationToken);
        Assert.True(SwapExporter.IsCheckpoint(options.Output));
        GeneratorExport export = SwapExporter.Export(new(options.Output, Path.Combine(triplets.Root, "swap.onnx")));

        Assert.InRange(export.LargestDifference, 0, GeneratorExporter.Tolerance);
        byte[] encoder = File.ReadAllBytes(Path.Combine(triplets.Root, "swap-source.onnx"));
        using var session = new InferenceSession(File.ReadAllBytes(export.Path));
        Assert.Equal(["target", "identity"], session.InputNames);
        Assert.Equal(["face", "mask"], session.OutputNames);
        Assert.Equal([1, 32, 32, 3], session.OutputMetadata["face"].Dimensions);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(encoder)), session.ModelMetadata.CustomMetadataMap[OneShotContract.EncoderHashKey]);
        ModelContract contract = ModelContract.FromJson(session.ModelMetadata.CustomMetadataMap[ModelContract.MetadataKey]);
        Assert.Equal((OneShotContract.GeneratorId, "dfl_whole_face", 32), (contract.Id, contract.Template, contract.Size));
        Assert.Empty(Directory.GetFiles(triplets.Root, "*.partial"));
    }

    [Fact]
    public void Files_of_other_weights_do_not_pass_the_check()
    {
        string folder = Directory.CreateTempSubdirectory("videogaze-swap-").FullName;
        try
        {
            SwapShape shape = new(Resolution: 32, Width: 4, SourceWidth: 4, IdentitySize: 8, IdentityMap: 2);
            using var network = new SwapNetwork(shape);
            using var other = new SwapNetwork(shape);
            network.eval();
            other.eval();
            (string generator, string encoder) = (Path.Combine(folder, "g.onnx"), Path.Combine(folder, "e.onnx"));
            var none = new Dictionary<string, string>();
            File.WriteAllBytes(generator, SwapGraph.BuildGenerator(network, halfWeights: false, none));
            File.WriteAllBytes(encoder, SwapGraph.BuildEncoder(network, halfWeights: false, none));
            Assert.InRange(SwapExporter.LargestDifference(generator, encoder, network), 0, GeneratorExporter.Tolerance);
            Assert.True(SwapExporter.LargestDifference(generator, encoder, other) > GeneratorExporter.Tolerance);
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
