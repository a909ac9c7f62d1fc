using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>The weighted sum of all losses of a pair at a step. Formulas and scales are DeepFaceLab's; gaze is ours.</summary>
internal sealed class PairLoss : IDisposable
{
    private readonly PairLosses _terms;
    private readonly GazeLoss? _gaze;
    private readonly StructuralDissimilarity _dssim;
    private readonly SoftMask _softMask;

    /// <param name="terms">Weights and times.</param>
    /// <param name="side">Side of the pictures.</param>
    /// <param name="gaze">The frozen gaze network; needed when a gaze term has a weight.</param>
    public PairLoss(PairLosses terms, int side, GazeNetwork? gaze)
    {
        _terms = terms;
        _gaze = gaze is null ? null : new(gaze);
        _dssim = new(side);
        _softMask = new(side);
    }

    /// <summary>Whether the step needs the swapped pictures.</summary>
    public bool NeedsSwap(int step) => _terms.SwapGaze.At(step) > 0;

    /// <summary>Each active loss by name, weighted; their sum is what is minimised.</summary>
    public List<(string Name, Tensor Value)> At(int step, PairOutput output, SideTensors source, SideTensors target)
    {
        var losses = new List<(string Name, Tensor Value)>();
        Side("src", step, output.Source, source, losses);
        Side("dst", step, output.Target, target, losses);
        if (NeedsSwap(step))
        {
            losses.Add(("swap.gaze", _gaze!.Of(output.Swap!.Value.Face, target.Goal, target.EyesAndMouth, target.Openness).Times(_terms.SwapGaze.At(step))));
        }

        return losses;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dssim.Dispose();
        _softMask.Dispose();
    }

    private void Side(string name, int step, Reconstruction made, SideTensors real, List<(string Name, Tensor Value)> losses)
    {
        Tensor soft = _softMask.Of(real.Mask);
        Tensor goal = real.Goal * soft, face = made.Face * soft;
        Add("dssim", _terms.Dssim, () => _dssim.Of(goal, face).mean());
        Add("mse", _terms.Mse, () => nn.functional.mse_loss(face, goal));
        Add("mask", _terms.Mask, () => nn.functional.mse_loss(made.Mask, real.Mask));
        Add("em", _terms.EyesAndMouth, () => ((real.Goal - made.Face).abs() * real.EyesAndMouth).mean());
        // Through the eyes alone: given the whole face, the gradient paints brows and cheeks until the frozen network sees the right gaze in them.
        Add("gaze", _terms.Gaze, () => _gaze!.Of(made.Face, real.Goal, real.EyesAndMouth, real.Openness));

        void Add(string loss, LossTerm term, Func<Tensor> value)
        {
            double weight = term.At(step);
            if (weight > 0)
            {
                losses.Add(($"{name}.{loss}", value().Times(weight)));
            }
        }
    }
}
