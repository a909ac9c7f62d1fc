using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>A factor and an offset for each channel, both linear in the identity vector (feature-wise modulation: Perez et al. 2018). Starts near "change nothing".</summary>
internal sealed class Modulation : nn.Module<Tensor, Tensor, Tensor>
{
    // The vector's elements are about 1: a third of the usual start gives first factors of about 1 +- 0.4, enough for the vector to be heard from the first step on.
    private const double Gain = 0.3;

    public Modulation(string name, int identity, int channels)
        : base(name)
    {
        Channels = channels;
        Factor = new("factor", identity, channels, Gain);
        Offset = new("offset", identity, channels, Gain);
        using (no_grad())
        {
            Factor.Bias.fill_(Numbers.One);
        }

        register_module("factor", Factor);
        register_module("offset", Offset);
    }

    /// <summary>Of the map it modulates.</summary>
    public int Channels { get; }

    /// <summary>Vector to factors.</summary>
    public Dense Factor { get; }

    /// <summary>Vector to offsets.</summary>
    public Dense Offset { get; }

    /// <param name="x">(N, C, S, S).</param>
    /// <param name="identity">(N, IdentitySize), of unit mean square.</param>
    public override Tensor forward(Tensor x, Tensor identity) =>
        (x * Factor.forward(identity).reshape(-1, Channels, 1, 1)).Plus(Offset.forward(identity).reshape(-1, Channels, 1, 1));
}

/// <summary>Two 3x3 convolutions around the identity, modulated by whose face it shall be before the first and behind it.</summary>
internal sealed class ModulatedResidual : nn.Module<Tensor, Tensor, Tensor>
{
    public ModulatedResidual(string name, int channels, int identity)
        : base(name)
    {
        Before = new("before", identity, channels);
        First = new("first", channels, channels, 3);
        Between = new("between", identity, channels);
        Second = new("second", channels, channels, 3, gain: 0.2);
        register_module("before", Before);
        register_module("first", First);
        register_module("between", Between);
        register_module("second", Second);
    }

    /// <summary>Of the input.</summary>
    public Modulation Before { get; }

    /// <summary>The first convolution.</summary>
    public Convolution First { get; }

    /// <summary>Of the first convolution's result.</summary>
    public Modulation Between { get; }

    /// <summary>The second convolution; starts quiet.</summary>
    public Convolution Second { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor x, Tensor identity)
    {
        x = Before.forward(x, identity);
        Tensor y = Second.forward(Between.forward(First.forward(x), identity).leaky_relu(Numbers.FifthSlope));
        return y.Plus(x).leaky_relu(Numbers.FifthSlope);
    }
}
