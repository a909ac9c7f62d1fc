using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>
/// DSSIM = (1 - SSIM) / 2 (Wang et al. 2004) with a Gaussian window of sigma 1.5, no padding, k1 .01, k2 .03, range 1, no Bessel term,
/// as DeepFaceLab computes it. The window runs as matrix products over short overlapping strips, several times faster on a processor than a one-channel convolution
/// and, at 256 px, than one product over the whole side.
/// </summary>
internal sealed class StructuralDissimilarity : IDisposable
{
    private const double Sigma = 1.5;

    // Results a strip gives at least: shorter strips read most pixels twice, longer ones multiply mostly by zero.
    private const int LeastStrip = 32;
    private static readonly TorchSharp.Scalar C1 = 0.01 * 0.01, C2 = 0.03 * 0.03;
    private readonly Tensor _strip;
    private readonly int _length;

    /// <param name="side">Side of the pictures.</param>
    public StructuralDissimilarity(int side)
    {
        using var scope = NewDisposeScope();
        int window = WindowOf(side), results = side - window + 1;
        double[] weights = [.. Enumerable.Range(0, window).Select(i => Math.Exp(-0.5 * Math.Pow((i - ((window - 1) / 2.0)) / Sigma, 2)))];
        double sum = weights.Sum();
        _length = Enumerable.Range(1, results).First(length => results % length == 0 && (length >= LeastStrip || length == results));
        float[] band = new float[(_length + window - 1) * _length];
        for (int result = 0; result < _length; result++)
        {
            for (int i = 0; i < window; i++)
            {
                band[((result + i) * _length) + result] = (float)(weights[i] / sum);
            }
        }

        _strip = Numbers.Tensor(band, _length + window - 1, _length).DetachFromDisposeScope();
    }

    /// <summary>
    /// DeepFaceLab's window: the side over 11.6, rounded down. From 256 px on it takes the mean of two windows, that one and half of it; at a sigma of 1.5 the smaller
    /// already holds all but a thousandth of the weight, so it alone is used.
    /// </summary>
    internal static int WindowOf(int side) => Math.Max(3, (int)(side / (side < 256 ? 11.6 : 23.2)));

    /// <summary>One number a picture: (N, C, S, S) twice to (N), in [0, 1].</summary>
    public Tensor Of(Tensor a, Tensor b)
    {
        Tensor meanA = Blur(a), meanB = Blur(b);
        Tensor product = meanA * meanB, squares = (meanA * meanA).Plus(meanB * meanB);
        Tensor light = product.mul(Numbers.Two).Plus(C1) / squares.Plus(C1);
        Tensor covariance = (Blur(a * b) - product).mul(Numbers.Two);
        Tensor variances = Blur((a * a).Plus(b * b)) - squares;
        Tensor ssim = light * covariance.Plus(C2) / variances.Plus(C2);
        return ssim.mean([1, 2, 3, 4]).OneMinus().mul(Numbers.Half);
    }

    /// <inheritdoc/>
    public void Dispose() => _strip.Dispose();

    /// <summary>(N, C, S, S) to (N, C, strips, S - window + 1, strip): every window's mean once, in an order that only the mean over all of them makes meaningless.</summary>
    private Tensor Blur(Tensor x)
    {
        Tensor along = matmul(x.unfold(3, _strip.shape[0], _length), _strip).flatten(3);
        return matmul(along.unfold(2, _strip.shape[0], _length), _strip);
    }
}
