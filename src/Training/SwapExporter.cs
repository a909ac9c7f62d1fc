using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Writes a trained one-shot generator as ONNX under <see cref="OneShotContract"/> and proves that the file computes the same.</summary>
public static class SwapExporter
{
    // Files take crops of twice the trained side: the layers see means of 2x2 pixels, share, change and mask are enlarged, and the person's skin and the target's pixels keep their detail.
    internal const int Enlargement = 2;

    /// <summary>Whether a checkpoint, or a folder's, is of a one-shot generator.</summary>
    public static bool IsCheckpoint(string checkpoint) => File.Exists(FileOf(checkpoint)) && SwapCheckpoint.Is(FileOf(checkpoint));

    /// <summary>Exports, checks in ONNX Runtime, and only then puts the file in its place.</summary>
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

            int side = network.Shape.Resolution * Enlargement;
            string description = options.Description.Length > 0 ? options.Description : FormattableString.Invariant($"one-shot {side} px, layers of {network.Shape.Resolution} px, {steps} steps");
            var contract = new ModelContract(OneShotContract.Id, AlignmentTemplate.DflWholeFace.Name, side, description);
            string partial = options.Output + ".partial";
            byte[] generator = SwapGraph.Build(network, side, options.HalfWeights, new Dictionary<string, string> { [ModelContract.MetadataKey] = contract.ToJson() });
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Output))!);
            File.WriteAllBytes(partial, generator);
            double difference = LargestDifference(partial, network, side);
            if (!(difference <= GeneratorExporter.Tolerance))
            {
                File.Delete(partial);
                throw new InvalidOperationException($"The exported file differs from the network by {difference}, more than {GeneratorExporter.Tolerance}.");
            }

            File.Move(partial, options.Output, overwrite: true);
            return new(options.Output, contract, steps, generator.Length, difference);
        }
    }

    /// <summary>Runs both on three random pictures as smooth as faces are, each with a person's planes that cover a part of it.</summary>
    internal static double LargestDifference(string path, SwapNetwork network, int side)
    {
        using var generator = FloatNetwork.Open(path);
        using var noGradient = no_grad();
        using var random = new Generator(7);
        double largest = 0;
        for (int i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            Tensor target = Smooth(3).permute(0, 2, 3, 1).contiguous(), source = Smooth(FaceTexture.Planes);

            // No skin in the upper third, as beyond a face's rim.
            source.narrow(2, 0, side / 3).zero_();
            TensorFile.Numbers(target).CopyTo(generator.Input(OneShotContract.Target));
            TensorFile.Numbers(source).CopyTo(generator.Input(OneShotContract.Source));
            generator.Run();
            SwapOutput made = network.Forward(target.permute(0, 3, 1, 2), source);
            Compare(made.Face.clamp(Numbers.Zero, Numbers.One).permute(0, 2, 3, 1), generator.Output(OneShotContract.Face));
            Compare(made.Mask.permute(0, 2, 3, 1), generator.Output(OneShotContract.Mask));
        }

        return largest;

        Tensor Smooth(int planes) => nn.functional.interpolate(rand([1, planes, 8, 8], generator: random), size: [side, side], mode: InterpolationMode.Bilinear, align_corners: false);

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
