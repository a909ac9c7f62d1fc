using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>
/// Whether a face is the right person's, by a frozen identity network: 1 - cos of the two vectors, and how far the maps on the way to them differ. The maps say where on the face it goes wrong, as the vector alone does not.
/// </summary>
/// <param name="frozen">The network.</param>
internal sealed class LikenessLoss(IdentityNetwork frozen)
{
    // The vectors alone can be pleased without looking like anybody; the maps, early ones above all, want the same pixels.
    private const double MapsWeight = 0.3;

    private static readonly CropBox Box = BoxOf();

    /// <summary>One number a picture.</summary>
    /// <param name="made">Generated pictures (N, 3, R, R), BGR in [0, 1], aligned to dfl_whole_face.</param>
    /// <param name="truth">Pictures of the person.</param>
    /// <param name="where">(N, 1, R, R) in [0, 1]: where the generated face counts; outside, both show the true one.</param>
    public Tensor Of(Tensor made, Tensor truth, Tensor where)
    {
        IReadOnlyList<Tensor> wanted, found = Seen(truth.Plus((made - truth) * where));
        using (no_grad())
        {
            wanted = Seen(truth);
        }

        Tensor loss = (found[^1] * wanted[^1]).sum(1).OneMinus();
        for (int i = 0; i < found.Count - 1; i++)
        {
            Tensor gap = (found[i] - wanted[i]).abs().mean([1, 2, 3]), usual = wanted[i].abs().mean([1, 2, 3]);
            loss = loss.Plus((gap / usual.Plus(Numbers.Small)).Times(MapsWeight));
        }

        return loss;
    }

    private IReadOnlyList<Tensor> Seen(Tensor picture) => frozen.Seen(Box.Resample(picture).mul(Numbers.Two).sub(Numbers.One));

    /// <summary>The identity network's square in a crop: both templates place the same five points.</summary>
    private static CropBox BoxOf()
    {
        SimilarityTransform fromIdentity = AlignmentTemplate.DflWholeFace.TransformFrom([.. AlignmentTemplate.ArcFace112V2.Points], 1);

        // The templates differ by a turn of a fraction of a degree, which a rectangle leaves out.
        System.Numerics.Vector2 from = fromIdentity.Apply(System.Numerics.Vector2.Zero), to = fromIdentity.Apply(System.Numerics.Vector2.One);
        return new(from.X, from.Y, to.X, to.Y, IdentityNetwork.Side, IdentityNetwork.Side);
    }
}
