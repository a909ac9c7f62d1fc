using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>
/// Spreads the vectors of a trained identity network evenly: over many faces their mean becomes 0 and all directions get about the same variance (ZCA whitening). A network that saw few
/// people puts strangers into the few directions in which those differed, so that two of them look alike; the directions that are left tell them apart all the same. The faces are to be like those it will be asked about,
/// real ones and unspoilt: over rendered and mixed faces as in training, two strangers stay twice as alike.
/// It is a linear map behind a linear layer, so it becomes that layer's weights: the network keeps its form.
/// </summary>
internal static class IdentitySpread
{
    // Added to every direction's variance, in shares of the mean one: directions that hold next to nothing are noise.
    private const double Floor = 0.1;

    /// <summary>Changes the last layer, the only one without an activation behind it that mixes all features.</summary>
    /// <param name="network">Not trained any more.</param>
    /// <param name="batches">Faces, (N, 3, 112, 112) each.</param>
    public static void Even(IdentityNetwork network, IEnumerable<Tensor> batches)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Tensor found = cat([.. batches.Select(network.Unscaled)], 0).to(float64);
        Tensor mean = found.mean([0], keepdim: true);
        Tensor centred = found - mean;
        Tensor covariance = Shared(matmul(centred.t(), centred), found.shape[0]);
        var (variances, directions) = linalg.eigh(covariance);
        Tensor level = variances.mean();

        // Over the level, so that the numbers stay of the size they were: the weights are kept in 16 bit.
        Tensor gains = (variances / level).Plus(FloorScalar).rsqrt();
        Tensor map = matmul(directions * gains, directions.t()).to(float32);
        ConvolutionUnit last = network.Units[^1];
        var (weight, bias) = last.Folded();
        last.TryFill(matmul(map, weight.flatten(1)).reshape(weight.shape), matmul(map, bias - mean.to(float32).flatten()));
    }

    private static readonly TorchSharp.Scalar FloorScalar = Floor;

    private static Tensor Shared(Tensor sum, long count) => sum.Times(1.0 / count);
}
