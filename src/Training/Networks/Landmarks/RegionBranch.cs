using VideoGaze.Training.Data.Landmarks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Networks.Landmarks;

/// <summary>A branch that looks at some rows of a fine map and says by what points move: two convolutions, a code, moves that begin at nothing.</summary>
internal sealed class RegionBranch : nn.Module<Tensor, Tensor>
{
    private const int Channels = 48, MapWidth = 32;

    /// <param name="name">Module name.</param>
    /// <param name="inputs">Channels of the map.</param>
    /// <param name="from">First row of the map it sees.</param>
    /// <param name="to">First row below.</param>
    /// <param name="codeLength">Numbers of the code.</param>
    public RegionBranch(string name, int inputs, int from, int to, int codeLength)
        : base(name)
    {
        (From, To) = (from, to);
        First = new("first", inputs, inputs, 3);
        Second = new("second", inputs, Channels, 3, 2);
        Code = new("code", Channels * ((to - from) / 2) * (MapWidth / 2), codeLength);
        Points = new("points", codeLength, LandmarkTargets.MeshNumbers + LandmarkTargets.LandmarkNumbers, gain: 0);
        RegisterComponents();
    }

    /// <summary>First row of the map it sees.</summary>
    public int From { get; }

    /// <summary>First row below.</summary>
    public int To { get; }

    /// <summary>First convolution.</summary>
    public Convolution First { get; }

    /// <summary>Second convolution, stride 2.</summary>
    public Convolution Second { get; }

    /// <summary>Map to code.</summary>
    public Dense Code { get; }

    /// <summary>Code to what it moves points by.</summary>
    public Dense Points { get; }

    /// <inheritdoc/>
    /// <returns>The code.</returns>
    public override Tensor forward(Tensor input)
    {
        Tensor rows = First.forward(input.narrow(2, From, To - From)).leaky_relu(Numbers.TenthSlope);
        Tensor map = Second.forward(rows).leaky_relu(Numbers.TenthSlope);
        return Code.forward(map.to(float32).contiguous().flatten(1)).leaky_relu(Numbers.TenthSlope);
    }
}
