using TorchSharp.Modules;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>One unit vector for each rendered person, for <see cref="IdentityLoss"/>; left behind after training.</summary>
internal sealed class IdentityClasses : nn.Module
{
    private readonly Parameter _vectors;

    public IdentityClasses(int people)
        : base("classes")
    {
        _vectors = new Parameter(randn(Math.Max(1, people), IdentityNetwork.Features).Times(0.1));
        RegisterComponents();
    }

    /// <summary>(people, 128), not of length 1.</summary>
    public Tensor Vectors => _vectors;
}

/// <summary>
/// Linear maps from the network's maps to the teacher's of the same size, for <see cref="IdentityLoss"/> ("hints", Romero et al. 2015); left behind after training. A vector tells one thing of a face, maps
/// tell what each of its places looks like to the teacher: a few real people have as many eyes and noses as that makes places.
/// </summary>
internal sealed class IdentityHints : nn.Module
{
    private readonly IReadOnlyList<TaughtMap> _maps;
    private readonly List<Parameter> _weights = [];

    public IdentityHints(IdentityNetwork network, IReadOnlyList<TaughtMap> maps)
        : base("hints")
    {
        _maps = maps;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();

        // Not while it trains: one picture has no variance, and its running statistics would never recover.
        network.eval();
        IReadOnlyList<Tensor> seen = network.Seen(zeros(1, 3, IdentityNetwork.Side, IdentityNetwork.Side));
        network.train();
        foreach (TaughtMap map in maps)
        {
            int at = Enumerable.Range(0, seen.Count - 1).FirstOrDefault(i => seen[i].shape[2] == map.Side, -1);
            if (at < 0)
            {
                throw new UserFacingException(FailureKind.ModelInvalid, $"The teacher's tensor {map.Name} is {map.Side} places wide; name tensors of 28, 14 or 7.");
            }

            Seen.Add(at);
            _weights.Add(new Parameter(randn(map.Channels, seen[at].shape[1], 1, 1).Times(Math.Sqrt(1.0 / seen[at].shape[1])).MoveToOuterDisposeScope()));
            register_parameter("weight" + map.Name, _weights[^1]);
        }
    }

    /// <summary>Which of the network's maps goes with each of the teacher's.</summary>
    public List<int> Seen { get; } = [];

    /// <summary>How much of the teacher's maps is not found, as a share of their variance over the batch, channel by channel; mean of all maps.</summary>
    /// <param name="seen">The network's maps.</param>
    /// <param name="taught">The teacher's, (N, C, S, S) each.</param>
    public Tensor Missed(IReadOnlyList<Tensor> seen, IReadOnlyList<float[]> taught)
    {
        Tensor? sum = null;
        for (int i = 0; i < _maps.Count; i++)
        {
            Tensor own = seen[Seen[i]].to(float32), wanted = Numbers.Tensor(taught[i], own.shape[0], _maps[i].Channels, _maps[i].Side, _maps[i].Side);
            using (no_grad())
            {
                Tensor centred = wanted - wanted.mean([0, 2, 3], keepdim: true);
                wanted = centred / (centred * centred).mean([0, 2, 3], keepdim: true).Plus(Numbers.Tiny).sqrt();
            }

            // Its mean is free: the teacher's was taken out.
            Tensor found = nn.functional.conv2d(own - own.mean([0, 2, 3], keepdim: true), _weights[i]);
            Tensor gap = found - wanted;
            Tensor missed = (gap * gap).mean();
            sum = sum is null ? missed : sum.Plus(missed);
        }

        return sum!.Times(1.0 / _maps.Count);
    }
}

/// <summary>What the identity network is trained by: the teacher's vectors, the teacher's likenesses, what lies on the way to them in the teacher, and names of rendered people.</summary>
internal static class IdentityLoss
{
    // CosFace (Wang et al. 2018) with less than its scale 64 and margin .35, which are for millions of pictures.
    private const double Margin = 0.2;
    private static readonly TorchSharp.Scalar Scale = 24.0;

    /// <summary>Weights of the three: the first makes likenesses of real people come out as the teacher's, the last makes rendered people, who all look alike to the teacher, differ.</summary>
    private const double CopyWeight = 4, RelationWeight = 10, NameWeight = 0.15;

    // At the start all variance is missed, 1; the vectors' loss starts at 4.
    private const double HintWeight = 4;

    /// <summary>The weighted losses by name; their sum is to be lowered.</summary>
    /// <param name="seen">What <see cref="IdentityNetwork.Seen"/> gives.</param>
    /// <param name="batch">The crops' labels.</param>
    /// <param name="classes">Of rendered people.</param>
    /// <param name="hints">Null where the teacher shows no maps.</param>
    public static (Tensor Sum, Dictionary<string, Tensor> Parts) Of(IReadOnlyList<Tensor> seen, IdentityBatch batch, IdentityClasses classes, IdentityHints? hints)
    {
        Tensor found = seen[^1];
        long count = found.shape[0];
        Tensor taught = Numbers.Tensor(batch.Taught, count, IdentityNetwork.Features);
        Tensor relation = matmul(found, found.t()) - matmul(taught, taught.t());
        var parts = new Dictionary<string, Tensor>
        {
            ["copy"] = (found * taught).sum(1).mean().OneMinus().Times(CopyWeight),
            ["relation"] = (relation * relation).mean().Times(RelationWeight),
        };
        if (batch.Named.Count > 0)
        {
            using Tensor rows = Numbers.Places([.. batch.Named.Select(named => (long)named.Row)]), names = Numbers.Places([.. batch.Named.Select(named => (long)named.Person)]);
            Tensor likeness = matmul(found.index_select(0, rows), IdentityNetwork.Unit(classes.Vectors).t());
            Tensor margin = nn.functional.one_hot(names, classes.Vectors.shape[0]).to(float32).Times(Margin);
            parts["names"] = nn.functional.cross_entropy((likeness - margin).mul(Scale), names).Times(NameWeight);
        }
        else
        {
            // The optimiser moves what has a gradient, be it 0; a resumed run must not wait for the first name to have one.
            parts["names"] = classes.Vectors.sum().mul(Numbers.Zero);
        }

        if (hints is not null)
        {
            parts["hints"] = hints.Missed(seen, batch.Maps).Times(HintWeight);
        }

        return (parts.Values.Aggregate((a, b) => a.Plus(b)), parts);
    }
}
