using TorchSharp.Modules;
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

/// <summary>What the identity network is trained by: the teacher's vectors, the teacher's likenesses, and names of rendered people.</summary>
internal static class IdentityLoss
{
    // CosFace (Wang et al. 2018) with less than its scale 64 and margin .35, which are for millions of pictures.
    private const double Margin = 0.2;
    private static readonly TorchSharp.Scalar Scale = 24.0;

    /// <summary>Weights of the three: the first makes likenesses of real people come out as the teacher's, the last makes rendered people, who all look alike to the teacher, differ.</summary>
    private const double CopyWeight = 4, RelationWeight = 10, NameWeight = 0.15;

    /// <summary>The weighted losses by name; their sum is to be lowered.</summary>
    public static (Tensor Sum, Dictionary<string, Tensor> Parts) Of(Tensor found, IdentityBatch batch, IdentityClasses classes)
    {
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

        return (parts.Values.Aggregate((a, b) => a.Plus(b)), parts);
    }
}
