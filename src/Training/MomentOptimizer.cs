using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace VideoGaze.Training;

/// <summary>Which second moment scales the steps.</summary>
public enum OptimizerKind
{
    /// <summary>Mean square of the gradient (Kingma and Ba 2014): the safer one at the high rates of short runs.</summary>
    Adam,

    /// <summary>Mean square of the gradient's surprise (Zhuang et al. 2020): DeepFaceLab's default, made for its low rates and long runs.</summary>
    AdaBelief,
}

/// <summary>
/// Adam and AdaBelief: betas .9 and .999, epsilon 1e-8 outside the root, bias correction, no decay of weights.
/// Written out because its state must be part of an exact checkpoint. Parameters without a gradient are left alone.
/// </summary>
internal sealed class MomentOptimizer : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999;
    private const float Epsilon = 1e-8f;
    private readonly OptimizerKind _kind;
    private readonly List<(string Name, Parameter Value, Tensor Mean, Tensor Deviation)> _slots = [];

    public MomentOptimizer(OptimizerKind kind, IEnumerable<(string Name, Parameter Value)> parameters, double learningRate)
    {
        _kind = kind;
        LearningRate = learningRate;
        foreach (var (name, value) in parameters)
        {
            _slots.Add((name, value, Nothing(value), Nothing(value)));
        }
    }

    /// <summary>For the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>Applies the gradients and clears them, in one pass over memory.</summary>
    /// <param name="number">Number of this step in the whole run, from 0: the bias correction depends on it.</param>
    /// <param name="clipNorm">Largest norm of all gradients together; 0 for no limit.</param>
    public void Step(int number, double clipNorm)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        List<(Parameter Value, Tensor Gradient, Tensor Mean, Tensor Deviation)> moved =
            [.. _slots.Where(slot => slot.Value.grad is not null).Select(slot => (slot.Value, slot.Value.grad!.contiguous(), slot.Mean, slot.Deviation))];
        if (moved.Count == 0)
        {
            return;
        }

        // Arithmetic and state are the processor's, wherever the network trains: one form of both, and one of a checkpoint. From a GPU the gradients come in one piece, and the new values go back in one.
        bool far = moved[0].Value.device_type != TorchSharp.DeviceType.CPU;
        Tensor[] gradients = far ? Parts(cat([.. moved.Select(slot => slot.Gradient.reshape(-1))]).cpu(), moved) : [.. moved.Select(slot => slot.Gradient)];
        Tensor? all = far ? cat([.. moved.Select(slot => slot.Value.reshape(-1))]).cpu() : null;
        Tensor[] values = all is null ? [.. moved.Select(slot => (Tensor)slot.Value)] : Parts(all, moved);
        float factor = 1;
        if (clipNorm > 0)
        {
            double norm = Math.Sqrt(gradients.Sum(gradient => (double)TensorPrimitives.SumOfSquares<float>(Floats(gradient))));
            factor = norm > clipNorm ? (float)(clipNorm / norm) : 1;
        }

        double meanBias = 1 - Math.Pow(Beta1, number + 1), deviationBias = 1 - Math.Pow(Beta2, number + 1);
        float rate = (float)(LearningRate * Math.Sqrt(deviationBias) / meanBias);
        for (int i = 0; i < moved.Count; i++)
        {
            Update(Floats(values[i]), Floats(gradients[i]), Floats(moved[i].Mean), Floats(moved[i].Deviation), factor, rate, _kind == OptimizerKind.AdaBelief);
            moved[i].Value.grad!.zero_();
        }

        if (all is not null)
        {
            foreach (var (slot, value) in moved.Zip(Parts(all.to(moved[0].Value.device), moved)))
            {
                slot.Value.copy_(value.view_as(slot.Value));
            }
        }
    }

    /// <summary>The running mean (<c>mean.NAME</c>) and second moment (<c>deviation.NAME</c>) of each parameter; the tensors themselves, not copies.</summary>
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

    /// <summary>Zeros of a parameter's shape on the processor.</summary>
    private static Tensor Nothing(Parameter value) => zeros_like(value, device: CPU, requires_grad: false).DetachFromDisposeScope();

    /// <summary>The stretches of a row that belong to the parameters, in their order; they share its memory.</summary>
    private static Tensor[] Parts(Tensor row, List<(Parameter Value, Tensor Gradient, Tensor Mean, Tensor Deviation)> moved)
    {
        long at = 0;
        return
        [
            .. moved.Select(slot =>
            {
                long length = slot.Value.numel();
                at += length;
                return row.narrow(0, at - length, length);
            }),
        ];
    }

    private static Span<float> Floats(Tensor contiguous) => MemoryMarshal.Cast<byte, float>(contiguous.bytes);

    private static void Update(Span<float> values, Span<float> gradients, Span<float> means, Span<float> deviations, float factor, float rate, bool belief)
    {
        const float Beta1 = (float)MomentOptimizer.Beta1, Beta2 = (float)MomentOptimizer.Beta2;
        int wide = values.Length - (values.Length % Vector<float>.Count);
        for (int i = 0; i < wide; i += Vector<float>.Count)
        {
            Vector<float> gradient = new Vector<float>(gradients[i..]) * factor;
            Vector<float> mean = (new Vector<float>(means[i..]) * Beta1) + (gradient * (1 - Beta1));
            Vector<float> surprise = belief ? gradient - mean : gradient;
            Vector<float> deviation = (new Vector<float>(deviations[i..]) * Beta2) + (surprise * surprise * (1 - Beta2));
            mean.CopyTo(means[i..]);
            deviation.CopyTo(deviations[i..]);
            (new Vector<float>(values[i..]) - (mean * rate / (Vector.SquareRoot(deviation) + new Vector<float>(Epsilon)))).CopyTo(values[i..]);
        }

        for (int i = wide; i < values.Length; i++)
        {
            float gradient = gradients[i] * factor;
            means[i] = (means[i] * Beta1) + (gradient * (1 - Beta1));
            float surprise = belief ? gradient - means[i] : gradient;
            deviations[i] = (deviations[i] * Beta2) + (surprise * surprise * (1 - Beta2));
            values[i] -= means[i] * rate / (MathF.Sqrt(deviations[i]) + Epsilon);
        }
    }
}
