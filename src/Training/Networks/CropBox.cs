using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>A fixed rectangle of an aligned crop, resampled bilinearly to a fixed size by two matrix products: differentiable, and the same for every crop resolution.</summary>
/// <param name="Left">Left edge as a share of the crop's side.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
internal sealed record CropBox(float Left, float Top, float Right, float Bottom, int Height, int Width)
{
    /// <summary>(N, C, R, R) to (N, C, Height, Width), 32-bit.</summary>
    public Tensor Resample(Tensor crop)
    {
        using Tensor rows = Weights(Top, Bottom, Height, (int)crop.shape[2]);
        using Tensor columns = Weights(Left, Right, Width, (int)crop.shape[3]);
        return matmul(matmul(rows, crop), columns.t());
    }

    /// <summary>Each row holds the two weights (1 - f, f) of the neighbours of one sample place; shape (samples, pixels).</summary>
    internal static Tensor Weights(float from, float to, int samples, int pixels)
    {
        float[] weights = new float[samples * pixels];
        for (int i = 0; i < samples; i++)
        {
            // Pixel centres lie at half-integers in both grids.
            float place = ((from + ((to - from) * (i + 0.5f) / samples)) * pixels) - 0.5f;
            int low = (int)MathF.Floor(place);
            float share = place - low;
            weights[(i * pixels) + Math.Clamp(low, 0, pixels - 1)] += 1 - share;
            weights[(i * pixels) + Math.Clamp(low + 1, 0, pixels - 1)] += share;
        }

        return tensor(weights, samples, pixels);
    }
}
