using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// What the one-shot generator gives: the new face (N, 3, R, R), which may leave [0, 1] a little (the exported file clips it: in training a clipped value would have no
/// gradient), and the mask of where it belongs (N, 1, R, R), in [0, 1].
/// </summary>
internal readonly record struct SwapOutput(Tensor Face, Tensor Mask);

/// <summary>
/// The one-shot swapper: an encoder turns photos of a person into one vector, the generator puts that person's face into a target crop. Both learn together, from
/// pictures of the same moment with the one and with the other face. Pictures are (N, 3, R, R), BGR in [0, 1], aligned to dfl_whole_face.
/// </summary>
internal sealed class SwapNetwork : nn.Module
{
    public SwapNetwork(SwapShape shape)
        : base("swap")
    {
        shape.Validate();
        Shape = shape;
        Encoder = new("encoder", shape);
        Generator = new("generator", shape);
        register_module("encoder", Encoder);
        register_module("generator", Generator);
    }

    /// <summary>Sizes.</summary>
    public SwapShape Shape { get; }

    /// <summary>Photo to vector.</summary>
    public SwapSourceEncoder Encoder { get; }

    /// <summary>Target crop and vector to new face.</summary>
    public SwapGenerator Generator { get; }

    /// <summary>The vector of each person: the mean over the photos of each.</summary>
    /// <param name="photos">(N * count, 3, R, R): all photos of the first person, then all of the second, and so on.</param>
    /// <param name="count">Photos of each.</param>
    /// <returns>(N, IdentitySize); the generator scales it to unit mean square.</returns>
    public Tensor Identity(Tensor photos, int count)
    {
        Tensor vectors = Encoder.forward(photos);
        return count == 1 ? vectors : vectors.reshape(-1, count, Shape.IdentitySize).mean([1]);
    }
}
