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

    /// <summary>The skin's contrast is brought to the target's by a factor within these: beyond, the spread is of shadows or of a beard, not of light.</summary>
    public const double LeastContrast = 0.5, MostContrast = 2;

    /// <summary>Keeps means over no pixels, and deviations of even colours, finite.</summary>
    public const float LeastArea = 1e-4f, LeastVariance = 1e-4f;

    private static readonly TorchSharp.Scalar LeastAreaScalar = LeastArea, LeastVarianceScalar = LeastVariance, LeastContrastScalar = LeastContrast, MostContrastScalar = MostContrast, FarthestMoveScalar = FarthestMove;

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
        var (factor, offset) = ToTargetsColours(small, smallSource);
        Tensor skin = (source.narrow(1, 0, 3) * factor).Plus(offset);
        Tensor smallSkin = twice ? (smallSource.narrow(1, 0, 3) * factor).Plus(offset) : skin;
        Tensor trust = source.narrow(1, 3, 1);

        // Grey is 0: with all values positive the first layers would mostly see how bright a picture is. Off the face the skin is the target, not the offset.
        Tensor smallTrust = smallSource.narrow(1, 3, 1), known = smallTrust.sign();
        Tensor seen = cat([small.sub(Numbers.Half), ((smallSkin - small) * known).Plus(small).sub(Numbers.Half), smallSource.narrow(1, 3, 3)], 1);
        Tensor planes = Layers(Precision.Prepared(seen, mixedPrecision));
        Tensor shares = planes.narrow(1, SharePlane, 1).sigmoid(), change = planes.narrow(1, ChangePlane, 3), mask = planes.narrow(1, MaskPlane, 1).sigmoid();
        Tensor move = planes.narrow(1, MovePlane, 2).tanh() * FarthestMoveScalar;
        if (twice)
        {
            (shares, change, mask, move) = (Doubled(shares), Doubled(change), Doubled(mask), Doubled(move));
        }

        Tensor mixed = target.Plus((skin - target) * (shares * trust.sign()));
        Tensor places = Grid(target.shape[^1]).Plus(move.permute(0, 2, 3, 1));
        Tensor moved = nn.functional.grid_sample(mixed, places, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
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

    /// <summary>What carries the skin's colours to the target's: a factor and an offset a colour, (N, 3, 1, 1), by mean and deviation where the skin is known.</summary>
    private static (Tensor Factor, Tensor Offset) ToTargetsColours(Tensor target, Tensor source)
    {
        Tensor weight = source.narrow(1, 3, 1), skin = source.narrow(1, 0, 3), area = weight.mean([2, 3], keepdim: true).Plus(LeastAreaScalar);
        Tensor targetMean = (target * weight).mean([2, 3], keepdim: true) / area, skinMean = (skin * weight).mean([2, 3], keepdim: true) / area;
        Tensor contrast = (Variance(target, targetMean) / Variance(skin, skinMean)).sqrt().clamp(LeastContrastScalar, MostContrastScalar);
        return (contrast, targetMean - (skinMean * contrast));

        Tensor Variance(Tensor x, Tensor mean)
        {
            Tensor gap = x - mean;
            return ((gap * gap * weight).mean([2, 3], keepdim: true) / area).Plus(LeastVarianceScalar);
        }
    }

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
