using TorchSharp.Modules;
using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>A fully connected layer, y = W x + b, cast to the input's type like <see cref="Convolution"/>. Glorot uniform start, zero bias.</summary>
internal sealed class Dense : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter _bias;

    /// <param name="name">Module name.</param>
    /// <param name="inputs">Features in.</param>
    /// <param name="outputs">Features out.</param>
    /// <param name="gain">Factor on the starting weights.</param>
    public Dense(string name, int inputs, int outputs, double gain = 1)
        : base(name)
    {
        double limit = gain * Math.Sqrt(6.0 / (inputs + outputs));
        _weight = new Parameter(rand(outputs, inputs).sub(Numbers.Half).Times(2 * limit));
        _bias = new Parameter(zeros(outputs));
        RegisterComponents();
    }

    /// <summary>Shape (outputs, inputs).</summary>
    public Tensor Weight => _weight;

    /// <summary>Shape (outputs).</summary>
    public Tensor Bias => _bias;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.linear(input, _weight.to(input.dtype), _bias.to(input.dtype));
}
