using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// A photo of a person to the vector that stands for them, each element standardised over people. The last layer is dense over all places of the 8x8 map, not a mean over them: who
/// somebody is lies in where things are.
/// </summary>
internal sealed class SwapSourceEncoder : nn.Module<Tensor, Tensor>
{
    /// <summary>Keeps a vector of zeros finite; the value behind <see cref="Numbers.Tiny"/>.</summary>
    public const float UnitEpsilon = 1e-6f;

    /// <summary>Length of the flattened map.</summary>
    public const int Features = CodeChannels * SwapShape.LowestSide * SwapShape.LowestSide;

    // Channels of the map that the dense layer reads.
    private const int CodeChannels = 64;

    public SwapSourceEncoder(string name, SwapShape shape)
        : base(name)
    {
        Descent = new("descent", shape, shape.SourceWidth);
        Code = new("code", SwapShape.Channels(shape.SourceWidth, SwapShape.LowestSide), CodeChannels, 1);
        Vector = new("vector", Features, shape.IdentitySize);
        Norm = new("norm", shape.IdentitySize);
        register_module("descent", Descent);
        register_module("code", Code);
        register_module("vector", Vector);
        register_module("norm", Norm);
    }

    /// <summary>Down to 8x8.</summary>
    public Descent Descent { get; }

    /// <summary>1x1, to the channels the dense layer reads.</summary>
    public Convolution Code { get; }

    /// <summary>To the vector.</summary>
    public Dense Vector { get; }

    /// <summary>Standardises the vector's elements.</summary>
    public RunningNorm Norm { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor photo)
    {
        Tensor code = Code.forward(Descent.forward(photo)[^1]).leaky_relu(Numbers.TenthSlope);
        return Norm.forward(Vector.forward(code.flatten(1)).to(float32));
    }

    /// <summary>Scales each row to a mean square of 1.</summary>
    public static Tensor Unit(Tensor x) => x * (x * x).mean([1], keepdim: true).Plus(Numbers.Tiny).rsqrt();
}
