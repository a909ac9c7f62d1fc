using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// Target crop and identity vector to the new face. Down to an eighth-size map by convolutions, there the person is added as a map laid out from the vector, and up
/// again with what the target showed at each size; every block on the way up is modulated by the vector, so that the target's own features can be suppressed
/// where the person's are wanted and kept where gaze, light, hands and hair are. The last layer gives the change of each pixel's colours and the mask of the face. A change and not the colours: it starts at none,
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
        int w = shape.Width, identity = shape.IdentitySize;
        LowestSide = shape.LowestSide;
        MapChannels = shape.IdentityMap;
        Downs = [new("down0", 3, w, 5, 2), new("down1", w, 2 * w, 3, 2), new("down2", 2 * w, 4 * w, 3, 2), new("down3", 4 * w, 6 * w, 3, 2)];
        Third = new("third", 4 * w);
        Fourth = new("fourth", 6 * w);
        Map = new("map", identity, MapChannels * LowestSide * LowestSide);
        Merge = new("merge", (6 * w) + MapChannels, 6 * w, 3);
        Lowest = [new("lowest0", 6 * w, identity), new("lowest1", 6 * w, identity)];
        Ups = [new("up0", 6 * w, 4 * w), new("up1", 4 * w, 2 * w), new("up2", 2 * w, w)];
        Skips = [new("skip0", 4 * w, 4 * w, 1), new("skip1", 2 * w, 2 * w, 1), new("skip2", w, w, 1)];
        Blocks = [new("block0", 4 * w, identity), new("block1", 2 * w, identity), new("block2", w, identity)];
        Head = new("head", w, OutputPlanes * Subpixels * Subpixels, 3, gain: 0.1);
        foreach (var (part, module) in Parts())
        {
            register_module(part, module);
        }
    }

    /// <summary>Side of the lowest map.</summary>
    public int LowestSide { get; }

    /// <summary>Channels of the identity's map.</summary>
    public int MapChannels { get; }

    /// <summary>Four convolutions of stride 2.</summary>
    public IReadOnlyList<Convolution> Downs { get; }

    /// <summary>Behind the third and the fourth of them.</summary>
    public Residual Third { get; }

    /// <inheritdoc cref="Third"/>
    public Residual Fourth { get; }

    /// <summary>Vector to the map of the lowest resolution.</summary>
    public Dense Map { get; }

    /// <summary>Target and identity's map to one.</summary>
    public Convolution Merge { get; }

    /// <summary>Blocks at the lowest resolution.</summary>
    public IReadOnlyList<ModulatedResidual> Lowest { get; }

    /// <summary>Doublings.</summary>
    public IReadOnlyList<Upscale> Ups { get; }

    /// <summary>1x1, of what the target showed at the size of each doubling's result.</summary>
    public IReadOnlyList<Convolution> Skips { get; }

    /// <summary>One behind each doubling.</summary>
    public IReadOnlyList<ModulatedResidual> Blocks { get; }

    /// <summary>To the output planes of 2x2 pixels.</summary>
    public Convolution Head { get; }

    /// <param name="target">(N, 3, R, R), in the type to compute in.</param>
    /// <param name="vector">(N, IdentitySize), of any length.</param>
    public override SwapOutput forward(Tensor target, Tensor vector)
    {
        Tensor identity = SwapSourceEncoder.Unit(vector).to(target.dtype);
        List<Tensor> seen = [];
        Tensor x = target;
        for (int i = 0; i < Downs.Count; i++)
        {
            x = Downs[i].forward(x).leaky_relu(Numbers.TenthSlope);
            x = i == 2 ? Third.forward(x) : i == 3 ? Fourth.forward(x) : x;
            seen.Add(x);
        }

        Tensor map = Map.forward(identity).reshape(-1, MapChannels, LowestSide, LowestSide);
        x = Merge.forward(cat([x, map], 1)).leaky_relu(Numbers.TenthSlope);
        foreach (ModulatedResidual block in Lowest)
        {
            x = block.forward(x, identity);
        }

        for (int i = 0; i < Ups.Count; i++)
        {
            x = Blocks[i].forward(Ups[i].forward(x).Plus(Skips[i].forward(seen[2 - i])), identity);
        }

        // In 32 bit: bfloat16 has 8 bits of mantissa, fewer than a picture needs.
        Tensor planes = nn.functional.pixel_shuffle(Head.forward(x.to(float32)), Subpixels);
        return new(target.to(float32).Plus(planes.narrow(1, ChangePlane, 3)), planes.narrow(1, MaskPlane, 1).sigmoid());
    }

    private IEnumerable<(string Name, nn.Module Module)> Parts() =>
    [
        .. Downs.Select((layer, i) => ($"down{i}", (nn.Module)layer)),
        ("third", Third), ("fourth", Fourth), ("map", Map), ("merge", Merge),
        .. Lowest.Select((layer, i) => ($"lowest{i}", (nn.Module)layer)),
        .. Ups.Select((layer, i) => ($"up{i}", (nn.Module)layer)),
        .. Skips.Select((layer, i) => ($"skip{i}", (nn.Module)layer)),
        .. Blocks.Select((layer, i) => ($"block{i}", (nn.Module)layer)),
        ("head", Head),
    ];
}
