using TorchSharp.Modules;
using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>What follows a <see cref="ConvolutionUnit"/>'s normalisation.</summary>
internal enum Activation
{
    /// <summary>Nothing: outputs, and bottlenecks of residual blocks.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,
}

/// <summary>
/// Convolution with "same" padding, batch normalisation and activation. Small networks that start from nothing learn several times faster with it, and
/// it costs nothing once exported: <see cref="Folded"/> turns all of it into one convolution with a bias.
/// </summary>
internal sealed class ConvolutionUnit : nn.Module<Tensor, Tensor>
{
    private const double Momentum = 0.05, Epsilon = 1e-5;
    private readonly Parameter _weight;
    private readonly Parameter _scale;
    private readonly Parameter _shift;
    private readonly Tensor _mean;
    private readonly Tensor _variance;

    /// <param name="name">Module name.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Step in both directions.</param>
    /// <param name="groups">1, or as many as channels for a depthwise convolution.</param>
    /// <param name="activation">What follows.</param>
    /// <param name="padding">Zeros around the picture; null for kernel / 2.</param>
    public ConvolutionUnit(string name, int inputs, int outputs, int kernel, int stride = 1, int groups = 1, Activation activation = Activation.Relu, int? padding = null)
        : base(name)
    {
        (Outputs, Stride, Kernel, Groups, Activation, Padding) = (outputs, stride, kernel, groups, activation, padding ?? kernel / 2);

        // He's deviation for what a ReLU leaves.
        _weight = new Parameter(randn(outputs, inputs / groups, kernel, kernel).Times(Math.Sqrt(2.0 / (inputs / groups * kernel * kernel))));
        _scale = new Parameter(ones(outputs));
        _shift = new Parameter(zeros(outputs));
        _mean = zeros(outputs);
        _variance = ones(outputs);
        RegisterComponents();
    }

    /// <summary>Channels out.</summary>
    public int Outputs { get; }

    /// <summary>Step in both directions.</summary>
    public int Stride { get; }

    /// <summary>Side of the kernel.</summary>
    public int Kernel { get; }

    /// <summary>Groups of channels that do not mix.</summary>
    public int Groups { get; }

    /// <summary>Zeros around the picture.</summary>
    public int Padding { get; }

    /// <summary>What follows the normalisation.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor x = nn.functional.conv2d(input, _weight.to(input.dtype), null, [Stride, Stride], [Padding, Padding], [1, 1], Groups);
        x = nn.functional.batch_norm(x, _mean, _variance, _scale, _shift, training, Momentum, Epsilon);
        return Activation == Activation.Relu ? x.relu() : x;
    }

    /// <summary>Weight and bias of the one convolution that does what convolution and normalisation do after training.</summary>
    public (Tensor Weight, Tensor Bias) Folded()
    {
        using var noGradient = no_grad();
        Tensor factor = _scale / _variance.add(Tiny, Numbers.One).sqrt();
        return (_weight * factor.reshape(-1, 1, 1, 1), _shift - (_mean * factor));
    }

    /// <summary>Takes what <see cref="Folded"/> gave, so that the layer does the same once it is no longer trained.</summary>
    /// <returns>False where the shapes are another layer's.</returns>
    public bool TryFill(Tensor weight, Tensor bias)
    {
        if (!weight.shape.SequenceEqual(_weight.shape) || !bias.shape.SequenceEqual(_shift.shape))
        {
            return false;
        }

        using var noGradient = no_grad();
        _weight.copy_(weight);
        _shift.copy_(bias);
        _scale.fill_(Numbers.One);
        _mean.zero_();
        _variance.fill_(UnitVariance);
        return true;
    }

    private static readonly TorchSharp.Scalar Tiny = Epsilon, UnitVariance = 1 - Epsilon;
}
