using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>The weighted losses of the one-shot generator at a step, against the true swap.</summary>
internal sealed class SwapLoss : IDisposable
{
    // Share of the colour loss off the face: enough to keep the picture around it, too little to learn backgrounds.
    private const double OffFace = 0.1;

    private readonly SwapLosses _terms;
    private readonly GazeLoss? _gaze;
    private readonly LikenessLoss? _likeness;
    private readonly StructuralDissimilarity _dssim;
    private readonly SoftMask _softMask;

    /// <param name="terms">Weights and times.</param>
    /// <param name="side">Side of the pictures.</param>
    /// <param name="gaze">The frozen gaze network; needed when the gaze term has a weight.</param>
    /// <param name="identity">The frozen identity network; needed when the likeness has a weight.</param>
    public SwapLoss(SwapLosses terms, int side, GazeNetwork? gaze, IdentityNetwork? identity)
    {
        _terms = terms;
        _likeness = identity is null ? null : new(identity);
        _gaze = gaze is null ? null : new(gaze);
        _dssim = new(side);
        _softMask = new(side);
    }

    /// <summary>Each active loss by name, weighted; their sum is what is minimised.</summary>
    public List<(string Name, Tensor Value)> At(int step, SwapOutput made, SwapTensors batch)
    {
        var losses = new List<(string Name, Tensor Value)>();
        Tensor soft = _softMask.Of(batch.Region), where = soft.Times(1 - OffFace).Plus(OffFaceShare);
        Tensor gap = (made.Face - batch.Truth).abs() * Emphasis(batch);
        Add("colour", _terms.Colour, () => (gap * where).mean([1, 2, 3]) * batch.Weight);
        Add("dssim", _terms.Dssim, () => _dssim.Of(batch.Truth * soft, made.Face * soft) * batch.Weight);
        Add("em", _terms.EyesAndMouth, () => (gap * batch.EyesAndMouth).mean([1, 2, 3]) * batch.Weight);
        Add("mask", _terms.Mask, () =>
        {
            Tensor difference = made.Mask - batch.Mask;
            return (difference * difference).mean([1, 2, 3]) * batch.MaskWeight;
        });
        Add("gaze", _terms.Gaze, () => _gaze!.Of(made.Face, batch.Truth, batch.EyesAndMouth, batch.Openness * batch.Weight));
        Add("detail", _terms.Detail, () => DetailLoss.Of(made.Face, batch.Truth, soft) * batch.Weight);
        Add("likeness", _terms.Likeness, () => _likeness!.Of(made.Face, batch.Truth, soft) * batch.Weight);
        Add("paint", _terms.Paint, () => (made.Painted * soft).sum([1, 2, 3]) / soft.sum([1, 2, 3]).Plus(Numbers.Small));
        return losses;

        void Add(string name, LossTerm term, Func<Tensor> value)
        {
            double weight = term.At(step);
            if (weight > 0)
            {
                losses.Add((name, value().mean().Times(weight)));
            }
        }
    }

    /// <summary>More where the two people differ: most of a face is much the same on both, and leaving it as it is would be the nearest good answer.</summary>
    private static Tensor Emphasis(SwapTensors batch)
    {
        using var noGradient = no_grad();
        Tensor differs = nn.functional.avg_pool2d((batch.Truth - batch.Target).abs().mean([1], keepdim: true), 5, stride: 1, padding: 2);
        Tensor usual = (differs * batch.Region).mean([1, 2, 3], keepdim: true) / batch.Region.mean([1, 2, 3], keepdim: true).Plus(Numbers.Small);
        return (differs / usual.Plus(Numbers.Small)).clamp(Numbers.Zero, MostEmphasisScalar).Plus(Numbers.One);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dssim.Dispose();
        _softMask.Dispose();
    }

    private static readonly TorchSharp.Scalar OffFaceShare = OffFace, MostEmphasisScalar = 3.0;
}
