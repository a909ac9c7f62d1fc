using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// A single-shot face detector without anchors: a plain convolutional trunk, features of strides 8, 16 and 32 with what lies above added to each, and one head a stride.
/// Plain 3x3 convolutions of few channels, because on processors they run nearer to the peak than depthwise ones and train several times faster.
/// About 0.21 G multiplications on 288x480, 0.3 M weights.
/// </summary>
internal sealed class DetectorNetwork : nn.Module<Tensor, Tensor[]>
{
    /// <summary>Input pixels a cell, of the three outputs.</summary>
    public static readonly int[] Strides = [8, 16, 32];

    /// <summary>Channels of an output: face, fit of the box, box (4), five points (10).</summary>
    public const int Channels = 16;

    private const int Wide = 64, Narrow = 32;

    public DetectorNetwork()
        : base("detector")
    {
        Trunk8 =
        [
            new("in1", 3, 16, 3, 2), new("in2", 16, Narrow, 3, 2), new("in3", Narrow, Narrow, 3, 2), new("a1", Narrow, Narrow, 3), new("a2", Narrow, Narrow, 3), new("a3", Narrow, Narrow, 3),
        ];
        Trunk16 = [new("b0", Narrow, Wide, 3, 2), new("b1", Wide, Wide, 3), new("b2", Wide, Wide, 3)];
        Trunk32 = [new("c0", Wide, Wide, 3, 2), new("c1", Wide, Wide, 3), new("c2", Wide, Wide, 3)];
        Side8 = new("side8", Narrow, Narrow, 1, activation: Activation.None);
        Side16 = new("side16", Wide, Narrow, 1, activation: Activation.None);
        Side32 = new("side32", Wide, Narrow, 1, activation: Activation.None);
        Mixers = [new("mix8", Narrow, Narrow, 3), new("mix16", Narrow, Narrow, 3), new("mix32", Narrow, Narrow, 3)];
        Heads = [new("head8", Narrow, Channels, 1, gain: 0.1), new("head16", Narrow, Channels, 1, gain: 0.1), new("head32", Narrow, Channels, 1, gain: 0.1)];
        foreach (nn.Module module in (nn.Module[])[.. Trunk8, .. Trunk16, .. Trunk32, Side8, Side16, Side32, .. Mixers, .. Heads])
        {
            register_module(module.GetName(), module);
        }
    }

    /// <summary>Down to stride 8; layers that keep size and width are residual, as everywhere below.</summary>
    public IReadOnlyList<ConvolutionUnit> Trunk8 { get; }

    /// <summary>From stride 8 to 16.</summary>
    public IReadOnlyList<ConvolutionUnit> Trunk16 { get; }

    /// <summary>From stride 16 to 32.</summary>
    public IReadOnlyList<ConvolutionUnit> Trunk32 { get; }

    /// <summary>From each trunk to the common width.</summary>
    public ConvolutionUnit Side8 { get; }

    /// <inheritdoc cref="Side8"/>
    public ConvolutionUnit Side16 { get; }

    /// <inheritdoc cref="Side8"/>
    public ConvolutionUnit Side32 { get; }

    /// <summary>What mixes the sum of all coarser levels, finest first.</summary>
    public IReadOnlyList<ConvolutionUnit> Mixers { get; }

    /// <summary>The outputs, finest first.</summary>
    public IReadOnlyList<Convolution> Heads { get; }

    /// <summary>Raw outputs.</summary>
    /// <param name="picture">(N, 3, H, W), BGR in [0, 1]; H, W multiples of 32.</param>
    /// <returns>(N, 16, H/8, W/8), (N, 16, H/16, W/16), (N, 16, H/32, W/32): log-odds of a face here and of a fitting box, box (centre from the cell's corner, log of the size; strides), points from the corner (strides).</returns>
    public override Tensor[] forward(Tensor picture)
    {
        Tensor at8 = Through(Trunk8, picture), at16 = Through(Trunk16, at8), at32 = Through(Trunk32, at16);
        Tensor top = Side32.forward(at32);
        Tensor middle = Side16.forward(at16).Plus(Doubled(top));
        Tensor fine = Side8.forward(at8).Plus(Doubled(middle));
        Tensor[] levels = [fine, middle, top];
        return [.. levels.Select((level, i) => Heads[i].forward(Mixers[i].forward(level)))];
    }

    /// <summary>Whether a layer adds its input to its output.</summary>
    public static bool IsResidual(ConvolutionUnit unit, int channelsIn, int channelsOut) => unit.Stride == 1 && channelsIn == channelsOut;

    private static Tensor Through(IReadOnlyList<ConvolutionUnit> units, Tensor x)
    {
        foreach (ConvolutionUnit unit in units)
        {
            Tensor y = unit.forward(x);
            x = IsResidual(unit, (int)x.shape[1], (int)y.shape[1]) ? y.Plus(x) : y;
        }

        return x;
    }

    /// <summary>Every value four times.</summary>
    private static Tensor Doubled(Tensor x)
    {
        long n = x.shape[0], c = x.shape[1], h = x.shape[2], w = x.shape[3];
        return x.reshape(n, c, h, 1, w, 1).expand(n, c, h, 2, w, 2).reshape(n, c, 2 * h, 2 * w);
    }
}
