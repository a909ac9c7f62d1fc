using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>
/// DeepFaceLab's soft mask for the picture losses: Gaussian blur of sigma max(1, side/32), clipped at .5 and doubled, so that it is 1 inside and falls
/// off outside the face. Zero padded; the blur runs as two matrix products.
/// </summary>
internal sealed class SoftMask : IDisposable
{
    private readonly Tensor _blur;

    /// <param name="side">Side of the masks.</param>
    public SoftMask(int side)
    {
        using var scope = NewDisposeScope();
        double sigma = Math.Max(1, side / 32);
        int radius = Math.Max(3, (int)(4 * sigma) | 1) / 2;
        double sum = Enumerable.Range(-radius, (2 * radius) + 1).Sum(i => Math.Exp(-0.5 * i * i / (sigma * sigma)));
        float[] band = new float[side * side];
        for (int row = 0; row < side; row++)
        {
            for (int i = -radius; i <= radius; i++)
            {
                if (row + i >= 0 && row + i < side)
                {
                    band[(row * side) + row + i] = (float)(Math.Exp(-0.5 * i * i / (sigma * sigma)) / sum);
                }
            }
        }

        _blur = Numbers.Tensor(band, side, side).DetachFromDisposeScope();
    }

    /// <summary>(N, 1, S, S) to the same shape.</summary>
    public Tensor Of(Tensor mask) => matmul(matmul(_blur, mask), _blur).clamp(Numbers.Zero, Numbers.Half).mul(Numbers.Two);

    /// <inheritdoc/>
    public void Dispose() => _blur.Dispose();
}
