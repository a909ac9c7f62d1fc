using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// A photo of a person to the vector that stands for them, of unit mean square. The last layer is dense over all places of an 8x8 map (at 128 px), not a mean over
/// them: who somebody is lies in where things are.
/// </summary>
internal sealed class SwapSourceEncoder : nn.Module<Tensor, Tensor>
{
    /// <summary>Keeps a vector of zeros finite; the value behind <see cref="Numbers.Tiny"/>.</summary>
    public const float UnitEpsilon = 1e-6f;

    // Channels of the map that the dense layer reads.
    private const int CodeChannels = 64;

    public SwapSourceEncoder(string name, SwapShape shape)
        : base(name)
    {
        int w = shape.SourceWidth, side = shape.LowestSide;
        Downs = [new("down0", 3, w, 5, 2), new("down1", w, 2 * w, 3, 2), new("down2", 2 * w, 4 * w, 3, 2), new("down3", 4 * w, 6 * w, 3, 2)];
        Third = new("third", 4 * w);
        Fourth = new("fourth", 6 * w);
        Code = new("code", 6 * w, CodeChannels, 1);
        Features = CodeChannels * side * side;
        Vector = new("vector", Features, shape.IdentitySize);
        for (int i = 0; i < Downs.Count; i++)
        {
            register_module($"down{i}", Downs[i]);
        }

        register_module("third", Third);
        register_module("fourth", Fourth);
        register_module("code", Code);
        register_module("vector", Vector);
    }

    /// <summary>Four convolutions of stride 2.</summary>
    public IReadOnlyList<Convolution> Downs { get; }

    /// <summary>Behind the third and the fourth of them.</summary>
    public Residual Third { get; }

    /// <inheritdoc cref="Third"/>
    public Residual Fourth { get; }

    /// <summary>1x1, to the channels the dense layer reads.</summary>
    public Convolution Code { get; }

    /// <summary>Length of the flattened map.</summary>
    public int Features { get; }

    /// <summary>To the vector.</summary>
    public Dense Vector { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor photo)
    {
        Tensor x = photo;
        for (int i = 0; i < Downs.Count; i++)
        {
            x = Downs[i].forward(x).leaky_relu(Numbers.TenthSlope);
            x = i == 2 ? Third.forward(x) : i == 3 ? Fourth.forward(x) : x;
        }

        x = Code.forward(x).leaky_relu(Numbers.TenthSlope);
        return Unit(Vector.forward(x.flatten(1)).to(float32));
    }

    /// <summary>Scales each row to a mean square of 1.</summary>
    public static Tensor Unit(Tensor x) => x * (x * x).mean([1], keepdim: true).Plus(Numbers.Tiny).rsqrt();
}
