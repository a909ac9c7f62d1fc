using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>A doubling of the generator: what comes from below, what the target showed at this size, and a block that the person modulates.</summary>
/// <param name="Up">Doubles.</param>
/// <param name="Skip">1x1, of the target's map.</param>
/// <param name="Block">Behind their sum.</param>
internal sealed record SwapAscent(Upscale Up, Convolution Skip, ModulatedResidual Block);

/// <summary>
/// Target crop and identity vector to the new face. Down to an 8x8 map by convolutions, there the person is added as a map laid out from the vector, and up again with what
/// the target showed at each size; every block on the way up is modulated by the vector, so that the target's own features can be suppressed where the person's are wanted
/// and kept where gaze, light, hands and hair are. The last layer gives the change of each pixel's colours and the mask of the face. A change and not the colours: it starts at none,
/// so from the first step on all there is to gain is what differs between the two people. (A share of new colours at each pixel, which was tried first, went to nothing within 100 steps
/// and took the gradient with it: after 400 the swap was the target.)
/// </summary>
internal sealed class SwapGenerator : nn.Module<Tensor, Tensor, SwapOutput>
{
    /// <summary>Output planes: the change of three colours, then the mask.</summary>
    public const int ChangePlane = 0, MaskPlane = 3, OutputPlanes = 4;

    /// <summary>Pixels a side that the head gives for each place of the last map.</summary>
    public const int Subpixels = 2;

    public SwapGenerator(string name, SwapShape shape)
        : base(name)
    {
        int identity = shape.IdentitySize, lowest = SwapShape.Channels(shape.Width, SwapShape.LowestSide);
        MapChannels = shape.IdentityMap;
        Descent = new("descent", shape, shape.Width);
        Map = new("map", identity, MapChannels * SwapShape.LowestSide * SwapShape.LowestSide);
        Merge = new("merge", lowest + MapChannels, lowest, 3);
        Lowest = [new("lowest0", lowest, identity), new("lowest1", lowest, identity)];
        register_module("descent", Descent);
        register_module("map", Map);
        register_module("merge", Merge);
        register_module("lowest0", Lowest[0]);
        register_module("lowest1", Lowest[1]);
        List<SwapAscent> ascents = [];
        int inputs = lowest;
        foreach (int side in shape.Sides.Reverse().Skip(1))
        {
            int outputs = SwapShape.Channels(shape.Width, side);
            SwapAscent ascent = new(new($"up{side}", inputs, outputs), new($"skip{side}", outputs, outputs, 1), new($"block{side}", outputs, identity));
            register_module($"up{side}", ascent.Up);
            register_module($"skip{side}", ascent.Skip);
            register_module($"block{side}", ascent.Block);
            ascents.Add(ascent);
            inputs = outputs;
        }

        Ascents = ascents;

        // Named by the crop's side: one for another size is another layer, also where its shape is the same.
        Head = new($"head{shape.Resolution}", inputs, OutputPlanes * Subpixels * Subpixels, 3, gain: 0.1);
        register_module($"head{shape.Resolution}", Head);
    }

    /// <summary>Channels of the identity's map.</summary>
    public int MapChannels { get; }

    /// <summary>Down to 8x8.</summary>
    public Descent Descent { get; }

    /// <summary>Vector to the map of the lowest resolution.</summary>
    public Dense Map { get; }

    /// <summary>Target and identity's map to one.</summary>
    public Convolution Merge { get; }

    /// <summary>Blocks at the lowest resolution.</summary>
    public IReadOnlyList<ModulatedResidual> Lowest { get; }

    /// <summary>Doublings, from the lowest map up to half the crop's side.</summary>
    public IReadOnlyList<SwapAscent> Ascents { get; }

    /// <summary>To the output planes of 2x2 pixels.</summary>
    public Convolution Head { get; }

    /// <param name="target">(N, 3, R, R), in the type to compute in.</param>
    /// <param name="vector">(N, IdentitySize), of any length.</param>
    public override SwapOutput forward(Tensor target, Tensor vector)
    {
        Tensor identity = SwapSourceEncoder.Unit(vector).to(target.dtype);
        IReadOnlyList<Tensor> seen = Descent.forward(target);
        Tensor map = Map.forward(identity).reshape(-1, MapChannels, SwapShape.LowestSide, SwapShape.LowestSide);
        Tensor x = Merge.forward(cat([seen[^1], map], 1)).leaky_relu(Numbers.TenthSlope);
        foreach (ModulatedResidual block in Lowest)
        {
            x = block.forward(x, identity);
        }

        for (int i = 0; i < Ascents.Count; i++)
        {
            x = Ascents[i].Block.forward(Ascents[i].Up.forward(x).Plus(Ascents[i].Skip.forward(seen[^(i + 2)])), identity);
        }

        // In 32 bit: bfloat16 has 8 bits of mantissa, fewer than a picture needs.
        Tensor planes = nn.functional.pixel_shuffle(Head.forward(x.to(float32)), Subpixels);
        return new(target.to(float32).Plus(planes.narrow(1, ChangePlane, 3)), planes.narrow(1, MaskPlane, 1).sigmoid());
    }
}
