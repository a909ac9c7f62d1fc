using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// A fixed rectangle of an aligned crop, resampled to a fixed size by two matrix products: differentiable, and the same for every crop resolution,
/// because where the crop has more pixels than samples they are averaged.
/// </summary>
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

    /// <summary>Each row holds the weights of one sample place: a triangle two samples or two pixels wide, whichever is more; shape (samples, pixels).</summary>
    internal static Tensor Weights(float from, float to, int samples, int pixels)
    {
        float[] weights = new float[samples * pixels];
        float reach = Math.Max(1, (to - from) * pixels / samples);
        for (int i = 0; i < samples; i++)
        {
            // Pixel centres lie at half-integers in both grids.
            float place = ((from + ((to - from) * (i + 0.5f) / samples)) * pixels) - 0.5f, sum = 0;
            Span<float> row = weights.AsSpan(i * pixels, pixels);
            for (int pixel = (int)MathF.Ceiling(place - reach); pixel <= place + reach; pixel++)
            {
                float weight = 1 - (MathF.Abs(pixel - place) / reach);
                row[Math.Clamp(pixel, 0, pixels - 1)] += weight;
                sum += weight;
            }

            foreach (ref float weight in row)
            {
                weight /= sum;
            }
        }

        return Numbers.Tensor(weights, samples, pixels);
    }
}
