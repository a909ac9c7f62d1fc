using System.Security.Cryptography;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Writes a trained one-shot generator and its encoder as ONNX under <see cref="OneShotContract"/> and proves that the files compute the same.</summary>
public static class SwapExporter
{
    /// <summary>Whether a checkpoint, or a folder's, is of a one-shot generator.</summary>
    public static bool IsCheckpoint(string checkpoint) => File.Exists(FileOf(checkpoint)) && SwapCheckpoint.Is(FileOf(checkpoint));

    /// <summary>Exports, checks in ONNX Runtime, and only then puts the files in their place: the generator under the output's name, its encoder beside it.</summary>
    /// <exception cref="UserFacingException">The checkpoint cannot be used.</exception>
    public static GeneratorExport Export(GeneratorExportOptions options)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (network, steps) = SwapCheckpoint.Open(FileOf(options.Checkpoint));
        using (network)
        {
            if (options.HalfWeights)
            {
                // The network is rounded as the files are: the check is then of the export alone.
                foreach (var parameter in network.parameters())
                {
                    parameter.copy_(parameter.to(float16).to(float32));
                }
            }

            int side = network.Shape.Resolution;
            string description = options.Description.Length > 0 ? options.Description : FormattableString.Invariant($"one-shot {side} px, {steps} steps");
            var contract = new ModelContract(OneShotContract.GeneratorId, AlignmentTemplate.DflWholeFace.Name, side, description);
            string encoderOutput = OneShotContract.EncoderPath(options.Output), partial = options.Output + ".partial", encoderPartial = encoderOutput + ".partial";
            byte[] encoder = SwapGraph.BuildEncoder(
                network, options.HalfWeights, new Dictionary<string, string> { [ModelContract.MetadataKey] = (contract with { Id = OneShotContract.EncoderId }).ToJson() });
            byte[] generator = SwapGraph.BuildGenerator(
                network,
                options.HalfWeights,
                new Dictionary<string, string> { [ModelContract.MetadataKey] = contract.ToJson(), [OneShotContract.EncoderHashKey] = Convert.ToHexStringLower(SHA256.HashData(encoder)) });
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Output))!);
            File.WriteAllBytes(encoderPartial, encoder);
            File.WriteAllBytes(partial, generator);
            double difference = LargestDifference(partial, encoderPartial, network);
            if (!(difference <= GeneratorExporter.Tolerance))
            {
                File.Delete(partial);
                File.Delete(encoderPartial);
                throw new InvalidOperationException($"The exported files differ from the network by {difference}, more than {GeneratorExporter.Tolerance}.");
            }

            File.Move(encoderPartial, encoderOutput, overwrite: true);
            File.Move(partial, options.Output, overwrite: true);
            return new(options.Output, contract, steps, encoder.Length + generator.Length, difference);
        }
    }

    /// <summary>Runs both on three random pictures as smooth as faces are, the generator with the file's own vector.</summary>
    internal static double LargestDifference(string generatorPath, string encoderPath, SwapNetwork network)
    {
        using var encoder = FloatNetwork.Open(encoderPath);
        using var generator = FloatNetwork.Open(generatorPath);
        using var noGradient = no_grad();
        using var random = new Generator(7);
        double largest = 0;
        for (int i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            Tensor photo = Smooth(), target = Smooth();
            TensorFile.Numbers(photo).CopyTo(encoder.Input(OneShotContract.Photo));
            encoder.Run();
            Tensor identity = network.Identity(photo.permute(0, 3, 1, 2), 1);
            Compare(identity, encoder.Output(OneShotContract.Identity));
            TensorFile.Numbers(target).CopyTo(generator.Input(OneShotContract.Target));
            encoder.Output(OneShotContract.Identity).CopyTo(generator.Input(OneShotContract.Identity));
            generator.Run();
            SwapOutput made = network.Generator.forward(target.permute(0, 3, 1, 2), identity);
            Compare(made.Face.clamp(Numbers.Zero, Numbers.One).permute(0, 2, 3, 1), generator.Output(OneShotContract.Face));
            Compare(made.Mask.permute(0, 2, 3, 1), generator.Output(OneShotContract.Mask));
        }

        return largest;

        Tensor Smooth() => nn.functional.interpolate(
            rand([1, 3, 8, 8], generator: random), size: [network.Shape.Resolution, network.Shape.Resolution], mode: InterpolationMode.Bilinear, align_corners: false).permute(0, 2, 3, 1).contiguous();

        void Compare(Tensor wanted, ReadOnlySpan<float> found)
        {
            float[] expected = TensorFile.Numbers(wanted);
            for (int k = 0; k < expected.Length; k++)
            {
                // Max keeps a NaN, so that a broken file cannot pass.
                largest = Math.Max(largest, Math.Abs(expected[k] - found[k]));
            }
        }
    }

    private static string FileOf(string checkpoint) => Directory.Exists(checkpoint) ? Path.Combine(checkpoint, SwapRecipe.CheckpointName) : checkpoint;
}
