using TorchSharp.Modules;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>
/// AdaBelief (Zhuang et al. 2020) as DeepFaceLab uses it: betas .9 and .999, epsilon 1e-6 outside the root, no bias correction, no decay.
/// Written out because its state must be part of an exact checkpoint. Parameters without a gradient are left alone.
/// </summary>
internal sealed class AdaBelief : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-6;
    private readonly List<(string Name, Parameter Value, Tensor Mean, Tensor Deviation)> _slots = [];

    public AdaBelief(IEnumerable<(string Name, Parameter Value)> parameters, double learningRate)
    {
        LearningRate = learningRate;
        foreach (var (name, value) in parameters)
        {
            _slots.Add((name, value, zeros_like(value, requires_grad: false).DetachFromDisposeScope(), zeros_like(value, requires_grad: false).DetachFromDisposeScope()));
        }
    }

    /// <summary>For the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>Applies the gradients and clears them.</summary>
    /// <param name="clipNorm">Largest norm of all gradients together; 0 for none.</param>
    /// <returns>The norm before clipping; 0 where it was not asked for.</returns>
    public double Step(double clipNorm)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        double norm = 0, factor = 1;
        if (clipNorm > 0)
        {
            Tensor[] squares = [.. _slots.Where(slot => slot.Value.grad is not null).Select(slot => slot.Value.grad!.square().sum())];
            norm = Math.Sqrt(stack(squares).sum().item<float>());
            factor = norm > clipNorm ? clipNorm / norm : 1;
        }

        foreach (var (_, value, mean, deviation) in _slots)
        {
            if (value.grad is not { } gradient)
            {
                continue;
            }

            if (factor < 1)
            {
                gradient.mul_(factor);
            }

            mean.mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
            Tensor surprise = gradient.sub_(mean);
            deviation.mul_(Beta2).addcmul_(surprise, surprise, 1 - Beta2);
            value.addcdiv_(mean, deviation.sqrt().add_(Epsilon), -LearningRate);
            gradient.zero_();
        }

        return norm;
    }

    /// <summary>The running mean (<c>mean.NAME</c>) and squared surprise (<c>deviation.NAME</c>) of each parameter; the tensors themselves, not copies.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State()
    {
        foreach (var (name, _, mean, deviation) in _slots)
        {
            yield return new("mean." + name, mean);
            yield return new("deviation." + name, deviation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, mean, deviation) in _slots)
        {
            mean.Dispose();
            deviation.Dispose();
        }
    }
}
