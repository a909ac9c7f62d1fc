using VideoGaze.Faces.Appearance;
using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// What the one-shot generator gives: the new face (N, 3, S, S), which may leave [0, 1] a little (the exported file clips it: in training a clipped value would have no
/// gradient), the mask of where it belongs (N, 1, S, S), and how much of it is painted (N, 1, S, S); both in [0, 1].
/// </summary>
internal readonly record struct SwapOutput(Tensor Face, Tensor Mask, Tensor Painted);

/// <summary>
/// The one-shot generator. It is given the target's crop and, laid onto the target's mesh, the skin of the person put in and where that person's shape would have it
/// (<see cref="FaceTexture.Draw"/>). It begins with that skin in the target's light, and the target's own eyes, open mouth and surroundings. What is left to learn is what no geometry knows: from how far
/// away to take a pixel (another nose is elsewhere, and moved pixels stay sharp), and a change of colours behind that, which is as coarse as shading is: where it was free at each pixel it rubbed out brows and folds, since
/// what lies two pixels off costs the least where it is not there, and the longer it was trained the less the face was anybody's. Where that is not enough (skin that no photo shows, lips around other teeth, a shadow) it
/// paints pixels of its own over it, as little as it can (<see cref="SwapLosses"/>). Eyes are the target's own pixels, moved and shaded: gaze survives.
/// Of the target's skin this part sees a blur only. With all of it in view the nearest good answer was to leave the target as it is, and no training found its way out of that in a thousand steps.
/// The mask comes from a small ladder of its own, which sees everything: hair, hands and frames of spectacles.
/// </summary>
internal sealed class SwapNetwork : nn.Module
{
    /// <summary>Planes of the face's ladder: the coarse change of three colours, the move to the right and down, three painted colours beside those it began with, how much of them is shown.</summary>
    public const int ChangePlane = 0, MovePlane = 3, PaintPlane = 5, ShownPlane = 8, FacePlanes = 9;

    /// <summary>Added before the sigmoid of how much is painted: training begins with an eighth.</summary>
    public const float PaintBias = -2;

    /// <summary>The farthest move in half sides of the crop, 6 of 128 pixels.</summary>
    public const float FarthestMove = 0.1f;

    /// <summary>The target's skin is seen, and colours are changed, in this many cells a side.</summary>
    public const int BlurCells = 16;

    /// <summary>Light is carried over in this many cells a side: fine enough for a lit and a dark side of the face, too coarse for brows and beards, which are the person's.</summary>
    public const int LightCells = 4;

    /// <summary>What every cell is given of the whole face's light, as the share of a cell that is all skin: cells with little skin follow the whole.</summary>
    public const float SharedLight = 0.1f;

    /// <summary>Skin is known well from a trust of one over this.</summary>
    public const float SureFactor = 3;

    /// <summary>Keeps quotients of black finite.</summary>
    public const float LeastLight = 1e-3f;

    /// <summary>The factor of light lies within these.</summary>
    public const float LeastGain = 0.2f, MostGain = 5;

    // The mask is the easier task: half of the face's width does for it, and sees the frames of spectacles.
    private const int MaskNarrower = 2;

    private static readonly TorchSharp.Scalar SharedLightScalar = SharedLight, LeastLightScalar = LeastLight, LeastGainScalar = LeastGain, MostGainScalar = MostGain, FarthestMoveScalar = FarthestMove, PaintBiasScalar = PaintBias, SureFactorScalar = SureFactor;

    public SwapNetwork(SwapShape shape)
        : base("swap")
    {
        shape.Validate();
        Shape = shape;

        // The target without its skin, the person's skin in its light, trust, shape and place.
        FaceLadder = new("face", shape, 3 + FaceTexture.Planes, FacePlanes);
        MaskLadder = new("mask", shape with { Width = Math.Max(1, shape.Width / MaskNarrower) }, 3 + FaceTexture.Planes, 1);
        register_module("face", FaceLadder);
        register_module("mask", MaskLadder);
    }

    /// <summary>Sizes.</summary>
    public SwapShape Shape { get; }

    /// <summary>Makes the face.</summary>
    public SwapLadder FaceLadder { get; }

    /// <summary>Makes the mask.</summary>
    public SwapLadder MaskLadder { get; }

    /// <param name="target">(N, 3, S, S), BGR in [0, 1], aligned to dfl_whole_face. S is the network's resolution or twice that; then the ladders see means of 2x2 pixels, and move, change and mask are enlarged.</param>
    /// <param name="source">(N, 7, S, S): the planes of <see cref="FaceTexture.Draw"/>.</param>
    /// <param name="mixedPrecision">Compute convolutions in bfloat16.</param>
    public SwapOutput Forward(Tensor target, Tensor source, bool mixedPrecision = false)
    {
        int side = Shape.Resolution;
        bool twice = target.shape[^1] == 2 * side;
        Tensor small = twice ? nn.functional.avg_pool2d(target, 2) : target, smallSource = twice ? nn.functional.avg_pool2d(source, 2) : source;
        Tensor light = Light(small, smallSource), smallWhere = smallSource.narrow(1, FaceTexture.SkinPlane, 1);
        Tensor smallSkin = smallSource.narrow(1, 0, 3) * Spread(light, side);
        Tensor blurred = Blurred(small, BlurCells);

        // Grey is 0: with all values positive the first layers would mostly see how bright a picture is.
        Tensor known = smallSource.narrow(1, FaceTexture.TrustPlane, FaceTexture.Planes - FaceTexture.TrustPlane);
        Tensor begun = Between(small, smallSkin, smallWhere).sub(Numbers.Half), bare = Between(small, blurred, smallWhere).sub(Numbers.Half);
        Tensor planes = FaceLadder.forward(Precision.Prepared(cat([bare, begun, known], 1), mixedPrecision));
        Tensor mask = MaskLadder.forward(Precision.Prepared(cat([small.sub(Numbers.Half), begun, known], 1), mixedPrecision)).sigmoid();
        Tensor unsure = Unsure(smallSource);
        Tensor change = Blurred(planes.narrow(1, ChangePlane, 3), LightCells), move = planes.narrow(1, MovePlane, 2).tanh() * FarthestMoveScalar * unsure;
        Tensor paint = begun.Plus(Numbers.Half).Plus(planes.narrow(1, PaintPlane, 3)), painted = planes.narrow(1, ShownPlane, 1).Plus(PaintBiasScalar).sigmoid() * unsure;
        if (twice)
        {
            (change, mask, move) = (Spread(change, 2 * side), Spread(mask, 2 * side), Spread(move, 2 * side));
            (paint, painted) = (Spread(paint, 2 * side), Spread(painted, 2 * side));
        }

        Tensor mixture = twice ? Between(target, source.narrow(1, 0, 3) * Spread(light, 2 * side), source.narrow(1, FaceTexture.SkinPlane, 1)) : begun.Plus(Numbers.Half);
        Tensor places = Grid(target.shape[^1]).Plus(move.permute(0, 2, 3, 1));
        Tensor moved = nn.functional.grid_sample(mixture, places, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
        return new(Between(moved.Plus(change), paint, painted), mask, painted);
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

    private static Tensor Between(Tensor from, Tensor to, Tensor share) => from.Plus((to - from) * share);

    /// <summary>Means over cells, linear between their centres.</summary>
    private Tensor Blurred(Tensor x, int cells) => Spread(nn.functional.avg_pool2d(x, Shape.Resolution / cells), Shape.Resolution);

    /// <summary>Enlarges to a side, linear between the centres.</summary>
    private static Tensor Spread(Tensor x, int side) => nn.functional.interpolate(x, size: [side, side], mode: InterpolationMode.Bilinear, align_corners: false);

    /// <summary>Where painting is allowed, (N, 1, S, S): not on skin that the photos show well.</summary>
    private static Tensor Unsure(Tensor source) =>
        (source.narrow(1, FaceTexture.SkinPlane, 1) * source.narrow(1, FaceTexture.TrustPlane, 1).mul(SureFactorScalar).clamp(Numbers.Zero, Numbers.One)).OneMinus();

    /// <summary>The factor from the photos' light to the target's, for each colour and cell, (N, 3, cells, cells): the quotient of the means where the skin is known.</summary>
    private Tensor Light(Tensor target, Tensor source)
    {
        int cell = Shape.Resolution / LightCells;
        Tensor weight = source.narrow(1, FaceTexture.TrustPlane, 1) * source.narrow(1, FaceTexture.SkinPlane, 1);
        return (Means(target) / Means(source.narrow(1, 0, 3))).clamp(LeastGainScalar, MostGainScalar);

        Tensor Means(Tensor x)
        {
            Tensor means = nn.functional.avg_pool2d(x * weight, cell);
            return means.Plus(means.mean([2, 3], keepdim: true) * SharedLightScalar).Plus(LeastLightScalar);
        }
    }
}
