using Microsoft.ML.OnnxRuntime;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class ExportTests
{
    [Theory]
    [InlineData("df-ud")]
    [InlineData("df")]
    [InlineData("liae-ud")]
    [InlineData("liae-u")]
    public void The_exported_file_computes_what_the_network_computes(string architecture)
    {
        using var network = new PairAutoencoder(new AutoencoderShape(Resolution: 64, EncoderDims: 4, InterDims: 16, DecoderDims: 4, MaskDims: 2).WithName(architecture));
        Assert.InRange(Difference(network, network), 0, GeneratorExporter.Tolerance);
    }

    [Fact]
    public void A_file_of_other_weights_does_not_pass_the_check()
    {
        AutoencoderShape shape = new(Resolution: 64, EncoderDims: 4, InterDims: 16, DecoderDims: 4, MaskDims: 2);
        using var network = new PairAutoencoder(shape);
        using var other = new PairAutoencoder(shape);
        Assert.True(Difference(other, network) > GeneratorExporter.Tolerance);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_exported_generator_has_the_DFM_contracts_names_shapes_and_metadata(bool halfWeights)
    {
        using var faces = new SyntheticFaces();
        PairTrainingOptions options = faces.Options("export") with { Steps = 1 };
        PairTrainer.Run(options, null, TestContext.Current.CancellationToken);
        GeneratorExport export = GeneratorExporter.Export(new(options.Output, Path.Combine(faces.Root, "generator.onnx"), HalfWeights: halfWeights));

        Assert.InRange(export.LargestDifference, 0, GeneratorExporter.Tolerance);
        using var session = new InferenceSession(File.ReadAllBytes(export.Path));
        Assert.Equal(["in_face:0"], session.InputNames);
        Assert.Equal([1, 64, 64, 3], session.InputMetadata["in_face:0"].Dimensions);
        Assert.Equal(["out_face_mask:0", "out_celeb_face:0", "out_celeb_face_mask:0"], session.OutputNames);
        Assert.Equal([1, 3, 1], session.OutputNames.Select(name => session.OutputMetadata[name].Dimensions[3]));
        ModelContract contract = ModelContract.FromJson(session.ModelMetadata.CustomMetadataMap[ModelContract.MetadataKey]);
        Assert.Equal((ModelContract.DfmId, "dfl_whole_face", 64), (contract.Id, contract.Template, contract.Size));
        Assert.Empty(Directory.GetFiles(faces.Root, "*.partial"));
    }

    /// <summary>Largest difference between the file of one network and another network.</summary>
    private static double Difference(PairAutoencoder exported, PairAutoencoder network)
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".onnx");
        try
        {
            File.WriteAllBytes(path, DfmGraph.Build(exported, halfWeights: false, new Dictionary<string, string>()));
            return GeneratorExporter.LargestDifference(path, network);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
