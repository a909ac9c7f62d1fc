using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>From a crop's planes down to the lowest map: a 5x5 convolution of stride 2, then 3x3 ones of stride 2, residuals behind those of 16 pixels and less. Layers are named by the side of their map.</summary>
internal sealed class Descent : nn.Module<Tensor, IReadOnlyList<Tensor>>
{
    public Descent(string name, SwapShape shape, int planes)
        : base(name)
    {
        int inputs = planes, kernel = 5;
        List<(Convolution Down, Residual? Residual)> levels = [];
        foreach (int side in shape.Sides)
        {
            int outputs = shape.Channels(side);
            Convolution down = new($"down{side}", inputs, outputs, kernel, 2);
            Residual? residual = side <= SwapShape.ResidualSide ? new($"residual{side}", outputs) : null;
            register_module($"down{side}", down);
            if (residual is not null)
            {
                register_module($"residual{side}", residual);
            }

            levels.Add((down, residual));
            (inputs, kernel) = (outputs, 3);
        }

        Levels = levels;
    }

    /// <summary>The layers, from the outermost in.</summary>
    public IReadOnlyList<(Convolution Down, Residual? Residual)> Levels { get; }

    /// <summary>The map of each level.</summary>
    public override IReadOnlyList<Tensor> forward(Tensor x)
    {
        List<Tensor> maps = [];
        foreach (var (down, residual) in Levels)
        {
            x = down.forward(x).leaky_relu(Numbers.TenthSlope);
            x = residual is null ? x : residual.forward(x);
            maps.Add(x);
        }

        return maps;
    }
}
