using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// Tells people apart: an aligned face in, 128 numbers out. A residual trunk of plain 3x3 convolutions and, as in MobileFaceNet (Chen et al. 2018), a learned weighted mean for each channel
/// at its end instead of a plain one, because the places of an aligned face are not alike. About 135 M multiplications, 1.1 M weights.
/// </summary>
internal sealed class IdentityNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Side of the crop in pixels.</summary>
    public const int Side = 112;

    /// <summary>Numbers out.</summary>
    public const int Features = 128;

    // The first of the three layers behind the last map.
    private const string Widening = "wide";

    public IdentityNetwork()
        : base("identity")
    {
        Units =
        [
            new("in1", 3, 24, 3, 2), new("in2", 24, 48, 3, 2), new("a1", 48, 48, 3), new("a2", 48, 48, 3),
            new("b0", 48, 96, 3, 2), new("b1", 96, 96, 3), new("b2", 96, 96, 3), new("b3", 96, 96, 3),
            new("c0", 96, 160, 3, 2), new("c1", 160, 160, 3), new("c2", 160, 160, 3),
            new(Widening, 160, 320, 1), new("mean", 320, 320, Side / 16, groups: 320, activation: Activation.None, padding: 0), new("out", 320, Features, 1, activation: Activation.None),
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

    /// <summary>The last maps of each size from 28x28 on (48 of 28x28, 96 of 14x14, 160 of 7x7), and behind them the unit vectors of <see cref="forward"/>.</summary>
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
            if ((Units[i].Stride > 1 && i > 1) || Units[i].GetName() == Widening)
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
