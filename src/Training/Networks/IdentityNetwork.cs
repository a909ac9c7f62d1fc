using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// Tells people apart: an aligned face in, 128 numbers out. A residual trunk of plain 3x3 convolutions and, as in MobileFaceNet (Chen et al. 2018), a learned weighted mean for each channel
/// at its end instead of a plain one, because the places of an aligned face are not alike. About 64 M multiplications, 0.6 M weights.
/// </summary>
internal sealed class IdentityNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Side of the crop in pixels.</summary>
    public const int Side = 112;

    /// <summary>Numbers out.</summary>
    public const int Features = 128;

    public IdentityNetwork()
        : base("identity")
    {
        Units =
        [
            new("in1", 3, 16, 3, 2), new("in2", 16, 32, 3, 2), new("a1", 32, 32, 3), new("a2", 32, 32, 3),
            new("b0", 32, 64, 3, 2), new("b1", 64, 64, 3), new("b2", 64, 64, 3), new("b3", 64, 64, 3),
            new("c0", 64, 128, 3, 2), new("c1", 128, 128, 3), new("c2", 128, 128, 3),
            new("wide", 128, 256, 1), new("mean", 256, 256, Side / 16, groups: 256, activation: Activation.None, padding: 0), new("out", 256, Features, 1, activation: Activation.None),
        ];
        foreach (ConvolutionUnit unit in Units)
        {
            register_module(unit.GetName(), unit);
        }
    }

    /// <summary>All layers in order; those that keep size and width, but the last three, are residual.</summary>
    public IReadOnlyList<ConvolutionUnit> Units { get; }

    /// <summary>Unit vectors; the dot product of two is their likeness in [-1, 1].</summary>
    /// <param name="crop">(N, 3, 112, 112), BGR in [-1, 1], aligned to arcface_112_v2.</param>
    /// <returns>(N, 128).</returns>
    public override Tensor forward(Tensor crop) => Unit(Unscaled(crop));

    /// <summary>The vectors of <see cref="forward"/> before they are made unit length, (N, 128).</summary>
    public Tensor Unscaled(Tensor crop) => Through(crop)[^1];

    /// <summary>The maps before each halving of the sides, from the second on, and behind them the unit vectors of <see cref="forward"/>.</summary>
    public IReadOnlyList<Tensor> Seen(Tensor crop)
    {
        List<Tensor> seen = Through(crop);
        seen[^1] = Unit(seen[^1]);
        return seen;
    }

    /// <summary>Weights and statistics stay as they are from now on.</summary>
    public void Freeze()
    {
        eval();
        foreach (TorchSharp.Modules.Parameter parameter in parameters())
        {
            parameter.requires_grad = false;
        }
    }

    /// <summary>Every layer becomes the one convolution that a file holds, its numbers rounded to 16 bit.</summary>
    public void Settle()
    {
        using var noGradient = no_grad();
        foreach (ConvolutionUnit unit in Units)
        {
            using var scope = NewDisposeScope();
            var (weight, bias) = unit.Folded();
            unit.TryFill(weight.to(float16).to(float32), bias.to(float16).to(float32));
        }
    }

    /// <summary>Whether a layer adds its input to its output.</summary>
    public static bool IsResidual(ConvolutionUnit unit, int channelsIn) => unit.Stride == 1 && unit.Kernel == 3 && channelsIn == unit.Outputs;

    /// <summary>Rows at length 1.</summary>
    public static Tensor Unit(Tensor rows) => rows / (rows * rows).sum(1, keepdim: true).Plus(Numbers.Tiny).sqrt();

    private List<Tensor> Through(Tensor crop)
    {
        List<Tensor> seen = [];
        Tensor x = crop;
        for (int i = 0; i < Units.Count; i++)
        {
            if (Units[i].Stride > 1 && i > 1)
            {
                seen.Add(x);
            }

            Tensor y = Units[i].forward(x);
            x = IsResidual(Units[i], (int)x.shape[1]) ? y.Plus(x) : y;
        }

        seen.Add(x.flatten(1).to(float32));
        return seen;
    }
}
