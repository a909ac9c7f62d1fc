using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>A reconstructed picture (N, 3, R, R) and its mask (N, 1, R, R), both in [0, 1].</summary>
internal readonly record struct Reconstruction(Tensor Face, Tensor Mask);

/// <summary>What one pass over a pair of batches gives.</summary>
/// <param name="Source">Source pictures through the source path.</param>
/// <param name="Target">Target pictures through the target path.</param>
/// <param name="Swap">Target pictures through the source path, where asked for.</param>
internal readonly record struct PairOutput(Reconstruction Source, Reconstruction Target, Reconstruction? Swap);

/// <summary>
/// DeepFaceLab's shared autoencoder for two identities: "source" is the face that is put in, "target" the face of the video.
/// Swapping is decoding the target's code as the source. Pictures are (N, 3, R, R), BGR in [0, 1].
/// </summary>
internal sealed class PairAutoencoder : nn.Module
{
    public PairAutoencoder(AutoencoderShape shape)
        : base("pair")
    {
        shape.Validate();
        Shape = shape;
        bool df = shape.Architecture == SharedArchitecture.Df;
        Encoder = new("encoder", shape);
        InterShared = new("interShared", Encoder.Features, df ? shape.InterDims : 2 * shape.InterDims, shape);
        InterTarget = df ? null : new("interTarget", Encoder.Features, 2 * shape.InterDims, shape);
        DecoderSource = new("decoderSource", df ? shape.InterDims : 4 * shape.InterDims, shape);
        DecoderTarget = df ? new("decoderTarget", shape.InterDims, shape) : null;
        RegisterComponents();
        register_module("encoder", Encoder);
        register_module("interShared", InterShared);
        register_module("decoderSource", DecoderSource);
        if (InterTarget is not null)
        {
            register_module("interTarget", InterTarget);
        }

        if (DecoderTarget is not null)
        {
            register_module("decoderTarget", DecoderTarget);
        }
    }

    /// <summary>Sizes.</summary>
    public AutoencoderShape Shape { get; }

    /// <summary>Shared.</summary>
    public Encoder Encoder { get; }

    /// <summary>df: the only inter. liae: inter AB.</summary>
    public Inter InterShared { get; }

    /// <summary>liae: inter B, for the target alone. df: null.</summary>
    public Inter? InterTarget { get; }

    /// <summary>df: the source's decoder. liae: the only decoder.</summary>
    public Decoder DecoderSource { get; }

    /// <summary>df: the target's decoder. liae: null.</summary>
    public Decoder? DecoderTarget { get; }

    /// <summary>Runs both paths; codes of both batches are computed together.</summary>
    /// <param name="source">Source batch.</param>
    /// <param name="target">Target batch.</param>
    /// <param name="withSwap">Whether to decode the target as the source too.</param>
    public PairOutput Run(Tensor source, Tensor target, bool withSwap)
    {
        long sources = source.shape[0];
        Tensor code = Encoder.forward(cat([source, target], 0));
        Tensor shared = InterShared.forward(code);
        Tensor sourceMap = shared.narrow(0, 0, sources);
        Tensor targetMap = shared.narrow(0, sources, target.shape[0]);
        Tensor swapMap = targetMap;
        if (InterTarget is not null)
        {
            Tensor own = InterTarget.forward(code.narrow(0, sources, target.shape[0]));
            sourceMap = cat([sourceMap, sourceMap], 1);
            swapMap = cat([targetMap, targetMap], 1);
            targetMap = cat([own, targetMap], 1);
        }

        // Everything that goes through one decoder goes through it at once.
        if (DecoderTarget is null)
        {
            var all = DecoderSource.forward(cat(withSwap ? [sourceMap, targetMap, swapMap] : [sourceMap, targetMap], 0));
            return new(Part(all, 0, sources), Part(all, sources, target.shape[0]), withSwap ? Part(all, sources + target.shape[0], target.shape[0]) : null);
        }

        var asSource = DecoderSource.forward(withSwap ? cat([sourceMap, swapMap], 0) : sourceMap);
        var asTarget = DecoderTarget.forward(targetMap);
        return new(Part(asSource, 0, sources), new(asTarget.Face, asTarget.Mask), withSwap ? Part(asSource, sources, target.shape[0]) : null);
    }

    /// <summary>The target batch as the generator file sees it: the target's mask, then the source's face and mask.</summary>
    public (Tensor TargetMask, Tensor Face, Tensor Mask) Swap(Tensor target)
    {
        Tensor code = Encoder.forward(target);
        Tensor shared = InterShared.forward(code);
        if (InterTarget is null)
        {
            var face = DecoderSource.forward(shared);
            return (DecoderTarget!.forward(shared).Mask, face.Face, face.Mask);
        }

        var swapped = DecoderSource.forward(cat([shared, shared], 1));
        var own = DecoderSource.forward(cat([InterTarget.forward(code), shared], 1));
        return (own.Mask, swapped.Face, swapped.Mask);
    }

    private static Reconstruction Part((Tensor Face, Tensor Mask) all, long first, long count) =>
        new(all.Face.narrow(0, first, count), all.Mask.narrow(0, first, count));
}
