using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>
/// How strong edges are, not where to the pixel: the root mean square of the differences of neighbouring pixels' luma, to the right and down, in overlapping squares of 8 pixels, at three scales. A brow
/// that lies two pixels off costs a little, one that is not there costs all of it; differences of colours say the opposite, which is why faces trained on those alone are blurred.
/// </summary>
internal static class DetailLoss
{
    private const int Scales = 3, Window = 8, Step = 4;

    // A code of 255, squared: below it is noise.
    private static readonly TorchSharp.Scalar Noise = 1.5e-5;

    /// <summary>One number a picture: mean absolute difference of the strengths.</summary>
    /// <param name="made">(N, 3, S, S).</param>
    /// <param name="truth">The same.</param>
    /// <param name="where">(N, 1, S, S) in [0, 1]: where it counts.</param>
    public static Tensor Of(Tensor made, Tensor truth, Tensor where)
    {
        Tensor a = made.mean([1], keepdim: true), b = truth.mean([1], keepdim: true), w = where;
        List<Tensor> gaps = [];
        for (int scale = 0; scale < Scales; scale++)
        {
            for (int along = 2; along <= 3; along++)
            {
                gaps.Add(((Strength(a, along) - Strength(b, along)).abs() * Means(Shorter(w, along))).mean([1, 2, 3]));
            }

            (a, b, w) = (nn.functional.avg_pool2d(a, 2), nn.functional.avg_pool2d(b, 2), nn.functional.avg_pool2d(w, 2));
        }

        return gaps.Aggregate((sum, gap) => sum.Plus(gap)).Times(1.0 / gaps.Count);
    }

    private static Tensor Strength(Tensor x, int along)
    {
        Tensor step = x.narrow(along, 1, x.shape[along] - 1) - Shorter(x, along);
        return Means(step * step).Plus(Noise).sqrt();
    }

    private static Tensor Shorter(Tensor x, int along) => x.narrow(along, 0, x.shape[along] - 1);

    private static Tensor Means(Tensor x) => nn.functional.avg_pool2d(x, Window, stride: Step, padding: Window / 2);
}
