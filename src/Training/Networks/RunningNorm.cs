using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// Takes the running mean and deviation out of each element of a vector. Photos of all people give nearly the same vector at first (cosine of .99: the mean face); standardised, what is
/// left is what tells people apart, and the generator hears it from the first step on. The statistics are constants to the gradient and the same in training and use.
/// </summary>
internal sealed class RunningNorm : nn.Module<Tensor, Tensor>
{
    // Share of the old statistics that a step keeps once there are enough.
    private const double Keep = 0.99;

    public RunningNorm(string name, int length)
        : base(name)
    {
        Mean = zeros(length);
        Square = ones(length);
        Seen = zeros(1);
        register_buffer("mean", Mean);
        register_buffer("square", Square);
        register_buffer("seen", Seen);
    }

    /// <summary>Mean of each element.</summary>
    public Tensor Mean { get; }

    /// <summary>Mean square of each element about the mean.</summary>
    public Tensor Square { get; }

    /// <summary>Batches seen, up to a hundred.</summary>
    public Tensor Seen { get; }

    /// <summary>What each element is divided by.</summary>
    public Tensor Deviation() => Square.Plus(Numbers.Tiny).sqrt();

    /// <param name="x">(N, length).</param>
    public override Tensor forward(Tensor x)
    {
        if (training)
        {
            Follow(x);
        }

        return (x - Mean) / Deviation();
    }

    private void Follow(Tensor x)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        double seen = Seen.item<float>(), keep = Math.Min(Keep, seen / (seen + 1));
        Tensor values = x.detach(), mean = values.mean([0]);
        Mean.copy_(Mean.Times(keep).Plus(mean.Times(1 - keep)));
        Tensor gap = values - Mean;
        Square.copy_(Square.Times(keep).Plus((gap * gap).mean([0]).Times(1 - keep)));
        Seen.fill_(Math.Min(seen + 1, 100));
    }
}
