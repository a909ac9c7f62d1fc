using static TorchSharp.torch;

namespace VideoGaze.Training.Networks.Landmarks;

/// <summary>A residual block that looks around in half the channels: 1x1 down, 3x3, 1x1 up, added to its input. A fifth of the work of two full 3x3 convolutions.</summary>
internal sealed class Bottleneck : nn.Module<Tensor, Tensor>
{
    public Bottleneck(string name, int channels)
        : base(name)
    {
        Reduce = new("reduce", channels, channels / 2, 1);
        Look = new("look", channels / 2, channels / 2, 3);
        Expand = new("expand", channels / 2, channels, 1, gain: 0.3);
        RegisterComponents();
    }

    /// <summary>To half the channels.</summary>
    public Convolution Reduce { get; }

    /// <summary>The 3x3 convolution.</summary>
    public Convolution Look { get; }

    /// <summary>Back to all channels; starts quiet.</summary>
    public Convolution Expand { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor x = Look.forward(Reduce.forward(input).leaky_relu(Numbers.TenthSlope)).leaky_relu(Numbers.TenthSlope);
        return Expand.forward(x).Plus(input).leaky_relu(Numbers.TenthSlope);
    }
}
