using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>What to export.</summary>
/// <param name="Checkpoint">A pair's checkpoint, or the folder that holds one.</param>
/// <param name="Output">The file to write; <c>.onnx</c> and <c>.dfm</c> are the same thing here.</param>
/// <param name="Description">What the generator was trained on, in one sentence; travels in the file.</param>
/// <param name="HalfWeights">Store weights in 16 bits: half the file, computed in 32 bits all the same.</param>
public sealed record GeneratorExportOptions(string Checkpoint, string Output, string Description = "", bool HalfWeights = true);

/// <summary>What was written.</summary>
/// <param name="Path">The file.</param>
/// <param name="Contract">The contract inside it.</param>
/// <param name="Steps">Steps the checkpoint was trained.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="LargestDifference">Largest difference of any output value between the file in ONNX Runtime and the network in TorchSharp, on random pictures.</param>
public sealed record GeneratorExport(string Path, ModelContract Contract, int Steps, long Bytes, double LargestDifference);

/// <summary>Writes a trained pair's swap path as ONNX under the DFM contract and proves that the file computes the same.</summary>
public static class GeneratorExporter
{
    /// <summary>Largest difference allowed between file and network.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Exports, checks in ONNX Runtime, and only then puts the file in its place.</summary>
    /// <exception cref="UserFacingException">The checkpoint cannot be used.</exception>
    public static GeneratorExport Export(GeneratorExportOptions options)
    {
        string checkpoint = Directory.Exists(options.Checkpoint) ? System.IO.Path.Combine(options.Checkpoint, PairTrainer.CheckpointName) : options.Checkpoint;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (network, steps) = PairCheckpoint.Open(checkpoint);
        using (network)
        {
            if (options.HalfWeights)
            {
                // The network is rounded as the file is: the check is then of the export alone.
                foreach (var parameter in network.parameters())
                {
                    parameter.copy_(parameter.to(float16).to(float32));
                }
            }

            string description = options.Description.Length > 0
                ? options.Description
                : FormattableString.Invariant($"{network.Shape.Name} {network.Shape.Resolution} px, {steps} steps");
            var contract = new ModelContract(ModelContract.DfmId, AlignmentTemplate.DflWholeFace.Name, network.Shape.Resolution, description);
            byte[] model = DfmGraph.Build(network, options.HalfWeights, new Dictionary<string, string> { [ModelContract.MetadataKey] = contract.ToJson() });
            string partial = options.Output + ".partial";
            File.WriteAllBytes(partial, model);
            double difference = LargestDifference(partial, network);
            if (!(difference <= Tolerance))
            {
                File.Delete(partial);
                throw new InvalidOperationException($"The exported file differs from the network by {difference}, more than {Tolerance}.");
            }

            File.Move(partial, options.Output, overwrite: true);
            return new(options.Output, contract, steps, model.Length, difference);
        }
    }

    /// <summary>Runs both on three random pictures as smooth as faces are: on pixel noise, which no crop is, sums of a trained network cancel less well in 32 bits.</summary>
    internal static double LargestDifference(string path, PairAutoencoder network)
    {
        using var file = FloatNetwork.Open(path);
        using var noGradient = no_grad();
        int side = network.Shape.Resolution;
        using var generator = new Generator(7);
        double largest = 0;
        for (int i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            Tensor picture = nn.functional.interpolate(rand([1, 3, 8, 8], generator: generator), size: [side, side], mode: InterpolationMode.Bilinear, align_corners: false).permute(0, 2, 3, 1).contiguous();
            TensorFile.Numbers(picture).CopyTo(file.Input(DfmGraph.Input));
            file.Run();
            var (targetMask, face, mask) = network.Swap(picture.permute(0, 3, 1, 2));
            Tensor[] wanted = [targetMask, face, mask];
            for (int output = 0; output < wanted.Length; output++)
            {
                float[] expected = TensorFile.Numbers(wanted[output].permute(0, 2, 3, 1));
                ReadOnlySpan<float> found = file.Output(DfmGraph.Outputs[output]);
                for (int k = 0; k < expected.Length; k++)
                {
                    // Max keeps a NaN, so that a broken file cannot pass.
                    largest = Math.Max(largest, Math.Abs(expected[k] - found[k]));
                }
            }
        }

        return largest;
    }
}
