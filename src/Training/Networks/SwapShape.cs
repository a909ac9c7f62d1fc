using System.Numerics;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Training.Networks;

/// <summary>
/// Sizes of the one-shot generator. It halves its crop down to 8x8, whatever its size: a network of 64 px and one of 128 differ in their outermost layers alone, so the one is a
/// start for the other.
/// </summary>
/// <param name="Resolution">Side of the aligned crops it is trained on, pixels: 32, 64, 128 or 256.</param>
/// <param name="Width">Channels of the maps of 64x64; those of 32, 16 and 8 have 2, 4 and 6 times as many, those of 128 half.</param>
public sealed record SwapShape(int Resolution = 128, int Width = 24)
{
    /// <summary>Side of the lowest map.</summary>
    internal const int LowestSide = 8;

    /// <summary>From this side down a residual stands behind each halving.</summary>
    internal const int ResidualSide = 16;

    /// <summary>Sides of the maps on the way down: half the crop's, a quarter, ..., <see cref="LowestSide"/>.</summary>
    internal IReadOnlyList<int> Sides => [.. Enumerable.Range(1, BitOperations.Log2((uint)(Resolution / LowestSide))).Select(halvings => Resolution >> halvings)];

    /// <summary>Channels of a map.</summary>
    /// <param name="side">The map's side.</param>
    internal int Channels(int side) => side switch
    {
        > 64 => Math.Max(1, Width / 2),
        64 => Width,
        32 => 2 * Width,
        16 => 4 * Width,
        _ => 6 * Width,
    };

    /// <summary>Checks that the sizes fit together.</summary>
    /// <exception cref="UserFacingException">They do not.</exception>
    public void Validate()
    {
        if (Resolution is not (32 or 64 or 128 or 256))
        {
            throw new UserFacingException(FailureKind.Usage, $"A one-shot generator of {Resolution} px cannot be made: use 32, 64, 128 or 256.");
        }

        if (Width < 1)
        {
            throw new UserFacingException(FailureKind.Usage, "The one-shot generator's width must be at least 1.");
        }
    }
}
