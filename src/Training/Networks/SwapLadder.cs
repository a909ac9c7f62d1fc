using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>A doubling on the way up: what comes from below, what was seen at this size, and a residual.</summary>
/// <param name="Up">Doubles.</param>
/// <param name="Skip">1x1, of the map that was seen.</param>
/// <param name="Block">Behind their sum.</param>
internal sealed record SwapAscent(Upscale Up, Convolution Skip, Residual Block);

/// <summary>Down to 8x8 and up again, with what was seen at each size joined on the way up; planes of the crop's side to planes of the crop's side.</summary>
internal sealed class SwapLadder : nn.Module<Tensor, Tensor>
{
    /// <summary>Pixels a side that the head gives for each place of the last map.</summary>
    public const int Subpixels = 2;

    public SwapLadder(string name, SwapShape shape, int inputPlanes, int outputPlanes)
        : base(name)
    {
        int lowest = shape.Channels(SwapShape.LowestSide);
        Descent = new("descent", shape, inputPlanes);
        Lowest = [new("lowest0", lowest), new("lowest1", lowest)];
        register_module("descent", Descent);
        register_module("lowest0", Lowest[0]);
        register_module("lowest1", Lowest[1]);
        List<SwapAscent> ascents = [];
        int inputs = lowest;
        foreach (int side in shape.Sides.Reverse().Skip(1))
        {
            int outputs = shape.Channels(side);
            SwapAscent ascent = new(new($"up{side}", inputs, outputs), new($"skip{side}", outputs, outputs, 1), new($"block{side}", outputs));
            register_module($"up{side}", ascent.Up);
            register_module($"skip{side}", ascent.Skip);
            register_module($"block{side}", ascent.Block);
            ascents.Add(ascent);
            inputs = outputs;
        }

        Ascents = ascents;

        // Named by the crop's side: one for another size is another layer, also where its shape is the same.
        Head = new($"head{shape.Resolution}", inputs, outputPlanes * Subpixels * Subpixels, 3, gain: 0.1);
        register_module($"head{shape.Resolution}", Head);
    }

    /// <summary>Down to 8x8.</summary>
    public Descent Descent { get; }

    /// <summary>Blocks at the lowest resolution.</summary>
    public IReadOnlyList<Residual> Lowest { get; }

    /// <summary>Doublings, from the lowest map up to half the crop's side.</summary>
    public IReadOnlyList<SwapAscent> Ascents { get; }

    /// <summary>To the output planes of 2x2 pixels.</summary>
    public Convolution Head { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        IReadOnlyList<Tensor> seen = Descent.forward(input);
        Tensor x = seen[^1];
        foreach (Residual block in Lowest)
        {
            x = block.forward(x);
        }

        for (int i = 0; i < Ascents.Count; i++)
        {
            x = Ascents[i].Block.forward(Ascents[i].Up.forward(x).Plus(Ascents[i].Skip.forward(seen[^(i + 2)])));
        }

        // In 32 bit: bfloat16 has 8 bits of mantissa, fewer than a picture needs.
        return nn.functional.pixel_shuffle(Head.forward(x.to(float32)), Subpixels);
    }
}
