using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>Doubles the side: a 3x3 convolution to four times the channels, leaky ReLU 0.1, then each four channels become 2x2 pixels.</summary>
internal sealed class Upscale : nn.Module<Tensor, Tensor>
{
    public Upscale(string name, int inputs, int outputs)
        : base(name)
    {
        Conv = new("conv", inputs, outputs * 4, 3);
        RegisterComponents();
    }

    /// <summary>The convolution before the shuffle.</summary>
    public Convolution Conv { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.pixel_shuffle(Conv.forward(input).leaky_relu(Numbers.TenthSlope), 2);
}

/// <summary>Two 3x3 convolutions around the identity, leaky ReLU 0.2 after the first and after the sum.</summary>
internal sealed class Residual : nn.Module<Tensor, Tensor>
{
    public Residual(string name, int channels)
        : base(name)
    {
        First = new("first", channels, channels, 3);
        Second = new("second", channels, channels, 3, gain: 0.2);
        RegisterComponents();
    }

    /// <summary>The first convolution.</summary>
    public Convolution First { get; }

    /// <summary>The second convolution; starts quiet so that deep stacks begin near the identity.</summary>
    public Convolution Second { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor x = Second.forward(First.forward(input).leaky_relu(Numbers.FifthSlope));
        return x.Plus(input).leaky_relu(Numbers.FifthSlope);
    }
}

/// <summary>Four 5x5 convolutions of stride 2 with e, 2e, 4e and 8e channels, with -q on the means of 2x2 pixels; the result is flattened.</summary>
internal sealed class Encoder : nn.Module<Tensor, Tensor>
{
    private readonly bool _unitCode;

    public Encoder(string name, AutoencoderShape shape)
        : base(name)
    {
        _unitCode = shape.UnitCode;
        int e = shape.EncoderDims;
        Halved = shape.Subpixels == 4;
        Downs = [new("down0", 3, e, 5, 2), new("down1", e, 2 * e, 5, 2), new("down2", 2 * e, 4 * e, 5, 2), new("down3", 4 * e, 8 * e, 5, 2)];
        for (int i = 0; i < Downs.Count; i++)
        {
            register_module($"down{i}", Downs[i]);
        }

        int side = shape.Resolution / (Halved ? 32 : 16);
        Features = 8 * e * side * side;
    }

    /// <summary>Whether it sees the picture at half its side.</summary>
    public bool Halved { get; }

    /// <summary>The convolutions, in order.</summary>
    public IReadOnlyList<Convolution> Downs { get; }

    /// <summary>Length of the flattened code.</summary>
    public int Features { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor x = Halved ? nn.functional.avg_pool2d(input, 2) : input;
        foreach (Convolution down in Downs)
        {
            x = down.forward(x).leaky_relu(Numbers.TenthSlope);
        }

        x = x.flatten(1);
        return _unitCode ? Unit(x) : x;
    }

    /// <summary>Keeps a black code finite; the value behind <see cref="Numbers.Tiny"/>.</summary>
    internal const float UnitEpsilon = 1e-6f;

    private static Tensor Unit(Tensor x)
    {
        Tensor exact = x.to(float32);
        return x * (exact * exact).mean([1], keepdim: true).Plus(Numbers.Tiny).rsqrt().to(x.dtype);
    }
}

/// <summary>The bottleneck: two dense layers without activation between them, back to a small map, doubled once.</summary>
internal sealed class Inter : nn.Module<Tensor, Tensor>
{
    public Inter(string name, int features, int outputs, AutoencoderShape shape)
        : base(name)
    {
        Side = shape.LowestSide;
        Outputs = outputs;
        In = new("in", features, shape.InterDims);
        Out = new("out", shape.InterDims, Side * Side * outputs);
        Up = new("up", outputs, outputs);
        RegisterComponents();
    }

    /// <summary>Side of the map before it is doubled.</summary>
    public int Side { get; }

    /// <summary>Channels of the map.</summary>
    public int Outputs { get; }

    /// <summary>Code to bottleneck.</summary>
    public Dense In { get; }

    /// <summary>Bottleneck to map.</summary>
    public Dense Out { get; }

    /// <summary>Doubles the map.</summary>
    public Upscale Up { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Up.forward(Out.forward(In.forward(input)).reshape(-1, Outputs, Side, Side));
}

/// <summary>From a code map to a picture and its mask, both in [0, 1].</summary>
internal sealed class Decoder : nn.Module<Tensor, (Tensor Face, Tensor Mask)>
{
    public Decoder(string name, int inputs, AutoencoderShape shape)
        : base(name)
    {
        Subpixels = shape.Subpixels;
        int d = shape.DecoderDims, m = shape.MaskDims;
        Ups = [new("up0", inputs, 8 * d), new("up1", 8 * d, 4 * d), new("up2", 4 * d, 2 * d)];
        Residuals = [new("residual0", 8 * d), new("residual1", 4 * d), new("residual2", 2 * d)];

        // With -d DeepFaceLab has four heads (one 1x1 and three 3x3); one 3x3 head for all subpixels does the same work.
        Head = new("head", 2 * d, 3 * Subpixels * Subpixels, Subpixels > 1 ? 3 : 1, gain: 0.5);
        List<Upscale> masks = [new("maskUp0", inputs, 8 * m), new("maskUp1", 8 * m, 4 * m), new("maskUp2", 4 * m, 2 * m)];
        if (Subpixels > 1)
        {
            masks.Add(new("maskUp3", 2 * m, m));
        }

        MaskUps = masks;
        MaskSubpixels = Math.Max(1, Subpixels / 2);
        MaskHead = new("maskHead", Subpixels > 1 ? m : 2 * m, MaskSubpixels * MaskSubpixels, 1, gain: 0.5);
        RegisterAll();
    }

    /// <summary>Pixels a side that the head gives for each of its places.</summary>
    public int Subpixels { get; }

    /// <summary>The same of the mask's head, which stands behind one doubling more.</summary>
    public int MaskSubpixels { get; }

    /// <summary>Doublings of the picture ladder.</summary>
    public IReadOnlyList<Upscale> Ups { get; }

    /// <summary>One behind each doubling.</summary>
    public IReadOnlyList<Residual> Residuals { get; }

    /// <summary>To colours.</summary>
    public Convolution Head { get; }

    /// <summary>Doublings of the mask ladder.</summary>
    public IReadOnlyList<Upscale> MaskUps { get; }

    /// <summary>To one channel for each subpixel.</summary>
    public Convolution MaskHead { get; }

    /// <inheritdoc/>
    public override (Tensor Face, Tensor Mask) forward(Tensor code)
    {
        Tensor x = code;
        for (int i = 0; i < Ups.Count; i++)
        {
            x = Residuals[i].forward(Ups[i].forward(x));
        }

        // The heads always run in 32 bit: bfloat16 has 8 bits of mantissa, fewer than a picture needs.
        x = Head.forward(x.to(float32));
        x = Shuffle(x, Subpixels);
        return (x.sigmoid(), Mask(code));
    }

    private Tensor Mask(Tensor code)
    {
        Tensor x = code;
        foreach (Upscale up in MaskUps)
        {
            x = up.forward(x);
        }

        return Shuffle(MaskHead.forward(x.to(float32)), MaskSubpixels).sigmoid();
    }

    private static Tensor Shuffle(Tensor x, int subpixels) => subpixels > 1 ? nn.functional.pixel_shuffle(x, subpixels) : x;

    private void RegisterAll()
    {
        for (int i = 0; i < Ups.Count; i++)
        {
            register_module($"up{i}", Ups[i]);
            register_module($"residual{i}", Residuals[i]);
        }

        register_module("head", Head);
        for (int i = 0; i < MaskUps.Count; i++)
        {
            register_module($"maskUp{i}", MaskUps[i]);
        }

        register_module("maskHead", MaskHead);
    }
}
