using Microsoft.ML.OnnxRuntime;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.TestSupport;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class ExportTests
{
    [Theory]
    [InlineData("df-ud")]
    [InlineData("df")]
    [InlineData("df-uq")]
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

    [Fact]
    public void A_generator_file_is_a_start_for_a_network_of_its_own_dimensions()
    {
        AutoencoderShape shape = new(Resolution: 64, EncoderDims: 4, InterDims: 16, DecoderDims: 4, MaskDims: 2);
        using var exported = new PairAutoencoder(shape);
        using var started = new PairAutoencoder(shape);
        Started(exported, started);
        using var scope = NewDisposeScope();
        Tensor pictures = rand(2, 3, 64, 64);
        var (wanted, found) = (exported.Swap(pictures), started.Swap(pictures));
        Assert.True(wanted.Face.allclose(found.Face) && wanted.Mask.allclose(found.Mask) && wanted.TargetMask.allclose(found.TargetMask));

        // The file lacks the target's picture decoder: it starts as the source's.
        Assert.True(started.Run(pictures, pictures, withSwap: false).Target.Face.allclose(found.Face));
    }

    [Theory]
    [InlineData("df")]
    [InlineData("liae")]
    public void A_generator_file_grows_to_twice_its_resolution_and_shows_the_same_picture(string architecture)
    {
        AutoencoderShape half = new AutoencoderShape(Resolution: 64, EncoderDims: 4, InterDims: 16, DecoderDims: 4, MaskDims: 2).WithName(architecture + "-ud");
        using var exported = new PairAutoencoder(half);
        using var started = new PairAutoencoder(half.WithName(architecture + "-uq") with { Resolution = 128 });
        Started(exported, started);
        using var scope = NewDisposeScope();
        Tensor pictures = rand(2, 3, 64, 64);
        var (wanted, found) = (exported.Swap(pictures), started.Swap(Twice(pictures)));
        Assert.True(Twice(wanted.Face).allclose(found.Face, 1e-4, 1e-5));
        Assert.True(Twice(wanted.Mask).allclose(found.Mask, 1e-4, 1e-5));
        Assert.True(Twice(wanted.TargetMask).allclose(found.TargetMask, 1e-4, 1e-5));

        static Tensor Twice(Tensor picture) => nn.functional.interpolate(picture, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
    }

    [Fact]
    public void A_generator_file_of_other_dimensions_or_no_such_file_is_refused()
    {
        AutoencoderShape shape = new(Resolution: 64, EncoderDims: 4, InterDims: 16, DecoderDims: 4, MaskDims: 2);
        using var exported = new PairAutoencoder(shape);
        using var wider = new PairAutoencoder(shape with { DecoderDims = 8 });
        using var liae = new PairAutoencoder(shape.WithName("liae-ud"));
        Assert.Equal(FailureKind.ModelInvalid, Assert.Throws<UserFacingException>(() => Started(exported, wider)).Kind);
        Assert.Equal(FailureKind.ModelInvalid, Assert.Throws<UserFacingException>(() => Started(exported, liae)).Kind);
        using var folder = new TemporaryFolder();
        string text = folder.Write("text.onnx", "no protocol buffers message"u8.ToArray());
        Assert.Equal(FailureKind.ModelInvalid, Assert.Throws<UserFacingException>(() => GeneratorWeights.Load(text, wider)).Kind);
        Assert.Equal(FailureKind.InputMissing, Assert.Throws<UserFacingException>(() => GeneratorWeights.Load(text + ".missing", wider)).Kind);
    }

    /// <summary>Writes one network as a file and starts another from it.</summary>
    private static void Started(PairAutoencoder exported, PairAutoencoder started)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("generator.onnx", DfmGraph.Build(exported, halfWeights: false, new Dictionary<string, string>()));
        GeneratorWeights.Load(path, started);
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
