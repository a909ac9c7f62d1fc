using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>
/// DSSIM = (1 - SSIM) / 2 (Wang et al. 2004) with a Gaussian window of sigma 1.5, no padding, k1 .01, k2 .03, range 1, no Bessel term,
/// as DeepFaceLab computes it. The window runs as two matrix products, several times faster on a processor than a one-channel convolution.
/// </summary>
internal sealed class StructuralDissimilarity : IDisposable
{
    private const double Sigma = 1.5;
    private static readonly TorchSharp.Scalar C1 = 0.01 * 0.01, C2 = 0.03 * 0.03;
    private readonly Tensor _window;
    private readonly Tensor _windowTransposed;

    /// <param name="side">Side of the pictures.</param>
    public StructuralDissimilarity(int side)
    {
        using var scope = NewDisposeScope();
        int window = WindowOf(side), results = side - window + 1;
        double[] weights = [.. Enumerable.Range(0, window).Select(i => Math.Exp(-0.5 * Math.Pow((i - ((window - 1) / 2.0)) / Sigma, 2)))];
        double sum = weights.Sum();
        float[] band = new float[results * side];
        for (int row = 0; row < results; row++)
        {
            for (int i = 0; i < window; i++)
            {
                band[(row * side) + row + i] = (float)(weights[i] / sum);
            }
        }

        _window = tensor(band, results, side).DetachFromDisposeScope();
        _windowTransposed = _window.t().contiguous().DetachFromDisposeScope();
    }

    /// <summary>DeepFaceLab's window below 256 px: the side over 11.6, rounded down.</summary>
    internal static int WindowOf(int side) => Math.Max(3, (int)(side / 11.6));

    /// <summary>One number a picture: (N, C, S, S) twice to (N), in [0, 1].</summary>
    public Tensor Of(Tensor a, Tensor b)
    {
        Tensor meanA = Blur(a), meanB = Blur(b);
        Tensor product = meanA * meanB, squares = (meanA * meanA).Plus(meanB * meanB);
        Tensor light = product.mul(Numbers.Two).Plus(C1) / squares.Plus(C1);
        Tensor covariance = (Blur(a * b) - product).mul(Numbers.Two);
        Tensor variances = Blur((a * a).Plus(b * b)) - squares;
        Tensor ssim = light * covariance.Plus(C2) / variances.Plus(C2);
        return ssim.mean([1, 2, 3]).OneMinus().mul(Numbers.Half);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _window.Dispose();
        _windowTransposed.Dispose();
    }

    private Tensor Blur(Tensor x) => matmul(matmul(_window, x), _windowTransposed);
}
