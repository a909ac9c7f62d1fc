using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>
/// Takes an exported generator as a start for training. The file holds the swap path only: the target's picture decoder, which it lacks, starts as a copy of the source's.
/// A generator of half the resolution grows: its last layer's filters are repeated, so that it shows the same picture with every pixel four times, and learns detail from there.
/// </summary>
internal static class GeneratorWeights
{
    /// <summary>Fills the network.</summary>
    /// <exception cref="UserFacingException">The file is missing, was not written by <c>videogaze export</c>, or belongs to a network of other dimensions.</exception>
    public static void Load(string path, PairAutoencoder network)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        IReadOnlyList<Tensor> found = TrainedTensors.Read(path).Weights;
        List<Tensor> wanted = [.. DfmGraph.Weights(network)];
        Tensor[] heads = [.. Decoders(network).SelectMany(decoder => new[] { decoder.Head, decoder.MaskHead }).SelectMany(head => new[] { head.Weight, head.Bias })];
        if (found.Count != wanted.Count)
        {
            throw Other(path, $"it holds {found.Count} tensors, not {wanted.Count}");
        }

        for (int i = 0; i < wanted.Count; i++)
        {
            Tensor value = heads.Any(head => ReferenceEquals(head, wanted[i])) ? Grown(found[i], wanted[i].shape[0]) : found[i];
            if (!value.shape.SequenceEqual(wanted[i].shape))
            {
                throw Other(path, $"a tensor has shape [{string.Join(", ", found[i].shape)}], not [{string.Join(", ", wanted[i].shape)}]");
            }

            wanted[i].copy_(value);
        }

        if (network.DecoderTarget is { } target)
        {
            foreach (var (goal, value) in Picture(target).Zip(Picture(network.DecoderSource)))
            {
                goal.copy_(value);
            }
        }
    }

    /// <summary>
    /// Repeats the filters of a head for more subpixels. Its outputs are ordered colour, row, column (pixel_shuffle), three colours or one mask; only doubled sides occur.
    /// </summary>
    private static Tensor Grown(Tensor head, long outputs)
    {
        long colours = outputs % 3 == 0 ? 3 : 1;
        int before = (int)Math.Sqrt(head.shape[0] / colours);
        if (head.shape[0] != colours * before * before || outputs != 4 * head.shape[0])
        {
            return head;
        }

        long[] filter = head.shape[1..];
        Tensor grid = head.reshape([colours, before, 1, before, 1, .. filter]);
        return grid.expand([colours, before, 2, before, 2, .. filter]).reshape([outputs, .. filter]);
    }

    private static IEnumerable<Decoder> Decoders(PairAutoencoder network) =>
        network.DecoderTarget is { } target ? [network.DecoderSource, target] : [network.DecoderSource];

    private static IEnumerable<Tensor> Picture(Decoder decoder) =>
        [.. decoder.Ups.SelectMany(up => up.parameters()), .. decoder.Residuals.SelectMany(residual => residual.parameters()), .. decoder.Head.parameters()];

    private static UserFacingException Other(string path, string why) => new(
        FailureKind.ModelInvalid,
        $"{path} is no generator to start from with these dimensions ({why}); use those it was trained with, or twice its resolution with -q for -d.");
}
