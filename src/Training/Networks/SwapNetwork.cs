using VideoGaze.Faces.Appearance;
using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// What the one-shot generator gives: the new face (N, 3, S, S), which may leave [0, 1] a little (the exported file clips it: in training a clipped value would have no
/// gradient), and the mask of where it belongs (N, 1, S, S), in [0, 1].
/// </summary>
internal readonly record struct SwapOutput(Tensor Face, Tensor Mask);

/// <summary>A doubling of the generator: what comes from below, what was seen at this size, and a residual.</summary>
/// <param name="Up">Doubles.</param>
/// <param name="Skip">1x1, of the map that was seen.</param>
/// <param name="Block">Behind their sum.</param>
internal sealed record SwapAscent(Upscale Up, Convolution Skip, Residual Block);

/// <summary>
/// The one-shot generator. It is given the target's crop and, laid onto the target's mesh, the skin of the person put in and where that person's shape would have it
/// (<see cref="FaceTexture.Draw"/>). What is left to learn is what no geometry knows: where to take the person's skin and where the target's own pixels (eyes, inner mouth, hair, hands), light,
/// and how the shapes differ. Of each pixel it gives the share of the skin to take, from how far away to take the pixel of that mixture (another nose is elsewhere, and moved pixels stay sharp), a change of
/// colours behind that, and the mask. Eyes are the target's own pixels, moved at most, unless the network has learned better: gaze survives by construction.
/// </summary>
internal sealed class SwapNetwork : nn.Module
{
    /// <summary>Output planes: the change of three colours, the share of the skin, the mask, the move to the right and down.</summary>
    public const int ChangePlane = 0, SharePlane = 3, MaskPlane = 4, MovePlane = 5, OutputPlanes = 7;

    /// <summary>The farthest move in half sides of the crop, 6 of 128 pixels.</summary>
    public const float FarthestMove = 0.1f;

    /// <summary>Pixels a side that the head gives for each place of the last map.</summary>
    public const int Subpixels = 2;

    /// <summary>Planes seen: the target, the skin in the target's colours, trust and shape.</summary>
    public const int InputPlanes = 3 + FaceTexture.Planes;

    /// <summary>Light is carried over in this many cells a side: fine enough for a lit and a dark side of the face, too coarse for brows and beards, which are the person's.</summary>
    public const int LightCells = 4;

    /// <summary>What every cell is given of the whole face's light, as the share of a cell that is all skin: cells with little skin follow the whole.</summary>
    public const float SharedLight = 0.1f;

    /// <summary>Keeps quotients of black finite.</summary>
    public const float LeastLight = 1e-3f;

    /// <summary>The factor of light lies within these.</summary>
    public const float LeastGain = 0.2f, MostGain = 5;

    // The share begins near the person's skin: begun in the middle it went to the target within 400 steps, since skin that is not yet moved into place is the larger error, and never came back.
    private const double FirstShare = 2;

    private static readonly TorchSharp.Scalar SharedLightScalar = SharedLight, LeastLightScalar = LeastLight, LeastGainScalar = LeastGain, MostGainScalar = MostGain, FarthestMoveScalar = FarthestMove;

    public SwapNetwork(SwapShape shape)
        : base("swap")
    {
        shape.Validate();
        Shape = shape;
        int lowest = shape.Channels(SwapShape.LowestSide);
        Descent = new("descent", shape, InputPlanes);
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
        Head = new($"head{shape.Resolution}", inputs, OutputPlanes * Subpixels * Subpixels, 3, gain: 0.1);
        register_module($"head{shape.Resolution}", Head);
        using (no_grad())
        {
            const int Places = Subpixels * Subpixels;
            using TorchSharp.Scalar first = FirstShare;
            Head.Bias.narrow(0, SharePlane * Places, Places).fill_(first);
        }
    }

    /// <summary>Sizes.</summary>
    public SwapShape Shape { get; }

    /// <summary>Down to 8x8.</summary>
    public Descent Descent { get; }

    /// <summary>Blocks at the lowest resolution.</summary>
    public IReadOnlyList<Residual> Lowest { get; }

    /// <summary>Doublings, from the lowest map up to half the crop's side.</summary>
    public IReadOnlyList<SwapAscent> Ascents { get; }

    /// <summary>To the output planes of 2x2 pixels.</summary>
    public Convolution Head { get; }

    /// <param name="target">(N, 3, S, S), BGR in [0, 1], aligned to dfl_whole_face. S is the network's resolution or twice that; then the layers see means of 2x2 pixels, and share, change and mask are enlarged.</param>
    /// <param name="source">(N, 6, S, S): the planes of <see cref="FaceTexture.Draw"/>.</param>
    /// <param name="mixedPrecision">Compute convolutions in bfloat16.</param>
    public SwapOutput Forward(Tensor target, Tensor source, bool mixedPrecision = false)
    {
        bool twice = target.shape[^1] == 2 * Shape.Resolution;
        Tensor small = twice ? nn.functional.avg_pool2d(target, 2) : target, smallSource = twice ? nn.functional.avg_pool2d(source, 2) : source;
        Tensor light = Light(small, smallSource);
        Tensor smallSkin = smallSource.narrow(1, 0, 3) * Spread(light, Shape.Resolution), skin = twice ? source.narrow(1, 0, 3) * Spread(light, 2 * Shape.Resolution) : smallSkin;
        Tensor trust = source.narrow(1, 3, 1);

        // Grey is 0: with all values positive the first layers would mostly see how bright a picture is. Off the face the skin is the target.
        Tensor smallTrust = smallSource.narrow(1, 3, 1), known = smallTrust.sign();
        Tensor seen = cat([small.sub(Numbers.Half), ((smallSkin - small) * known).Plus(small).sub(Numbers.Half), smallSource.narrow(1, 3, 3)], 1);
        Tensor planes = Layers(Precision.Prepared(seen, mixedPrecision));
        Tensor shares = planes.narrow(1, SharePlane, 1).sigmoid(), change = planes.narrow(1, ChangePlane, 3), mask = planes.narrow(1, MaskPlane, 1).sigmoid();
        Tensor move = planes.narrow(1, MovePlane, 2).tanh() * FarthestMoveScalar;
        if (twice)
        {
            (shares, change, mask, move) = (Doubled(shares), Doubled(change), Doubled(mask), Doubled(move));
        }

        Tensor mixture = target.Plus((skin - target) * (shares * trust.sign()));
        Tensor places = Grid(target.shape[^1]).Plus(move.permute(0, 2, 3, 1));
        Tensor moved = nn.functional.grid_sample(mixture, places, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
        return new(moved.Plus(change), mask);
    }

    /// <summary>The centres of a square's pixels, (1, S, S, 2): x and y in half sides from the middle.</summary>
    internal static Tensor Grid(long side)
    {
        float[] grid = new float[side * side * 2];
        for (int i = 0; i < side * side; i++)
        {
            (grid[2 * i], grid[(2 * i) + 1]) = ((((2 * (i % side)) + 1) / (float)side) - 1, (((2 * (i / side)) + 1) / (float)side) - 1);
        }

        return Numbers.Tensor(grid, 1, side, side, 2);
    }

    /// <summary>The factor from the photos' light to the target's, for each colour and cell, (N, 3, cells, cells): the quotient of the means where the skin is known.</summary>
    private Tensor Light(Tensor target, Tensor source)
    {
        int cell = Shape.Resolution / LightCells;
        Tensor weight = source.narrow(1, 3, 1);
        return (Means(target) / Means(source.narrow(1, 0, 3))).clamp(LeastGainScalar, MostGainScalar);

        Tensor Means(Tensor x)
        {
            Tensor means = nn.functional.avg_pool2d(x * weight, cell);
            return means.Plus(means.mean([2, 3], keepdim: true) * SharedLightScalar).Plus(LeastLightScalar);
        }
    }

    /// <summary>The cells' factors at each pixel, linear between the cells' centres.</summary>
    private static Tensor Spread(Tensor light, int side) => nn.functional.interpolate(light, size: [side, side], mode: InterpolationMode.Bilinear, align_corners: false);

    private static Tensor Doubled(Tensor x) => nn.functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Bilinear, align_corners: false);

    private Tensor Layers(Tensor input)
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
