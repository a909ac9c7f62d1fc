using TorchSharp.Modules;
using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// A square convolution with "same" zero padding k/2. Weights are kept in 32-bit floats and are cast to the input's type at each call:
/// feeding bfloat16 gives mixed precision (2-3 times faster on processors with AVX512-BF16) while gradients and the optimiser stay in 32 bit.
/// </summary>
internal sealed class Convolution : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter _bias;

    /// <param name="name">Module name.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Side of the kernel, odd.</param>
    /// <param name="stride">Step in both directions.</param>
    /// <param name="gain">Factor on the He standard deviation; below 1 where a residual branch or an output starts quiet.</param>
    public Convolution(string name, int inputs, int outputs, int kernel, int stride = 1, double gain = 1)
        : base(name)
    {
        Stride = stride;
        Kernel = kernel;
        double deviation = gain * Math.Sqrt(2.0 / (inputs * kernel * kernel));
        _weight = new Parameter(randn(outputs, inputs, kernel, kernel).Times(deviation));
        _bias = new Parameter(zeros(outputs));
        RegisterComponents();
    }

    /// <summary>Side of the kernel.</summary>
    public int Kernel { get; }

    /// <summary>Step in both directions.</summary>
    public int Stride { get; }

    /// <summary>Shape (outputs, inputs, k, k).</summary>
    public Tensor Weight => _weight;

    /// <summary>Shape (outputs).</summary>
    public Tensor Bias => _bias;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) =>
        nn.functional.conv2d(input, _weight.to(input.dtype), _bias.to(input.dtype), [Stride, Stride], [Kernel / 2, Kernel / 2]);
}
