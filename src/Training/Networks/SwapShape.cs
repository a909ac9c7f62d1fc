using System.Numerics;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Training.Networks;

/// <summary>
/// Sizes of the one-shot generator and of the encoder that reads a person's photos. Both halve their crop down to 8x8, whatever its size: a network of 64 px and one of
/// 128 differ in their outermost layers alone, so the one is a start for the other.
/// </summary>
/// <param name="Resolution">Side of the aligned crops in pixels: 32, 64, 128 or 256.</param>
/// <param name="Width">Channels of the generator's maps of 64x64; those of 32, 16 and 8 have 2, 4 and 6 times as many, those of 128 half.</param>
/// <param name="SourceWidth">The same of the encoder.</param>
/// <param name="IdentitySize">Length of the vector that stands for a person.</param>
/// <param name="IdentityMap">Channels of the map that is laid out from the vector at the lowest resolution.</param>
public sealed record SwapShape(int Resolution = 128, int Width = 32, int SourceWidth = 24, int IdentitySize = 384, int IdentityMap = 24)
{
    /// <summary>Side of the lowest map.</summary>
    internal const int LowestSide = 8;

    /// <summary>From this side down a residual stands behind each halving.</summary>
    internal const int ResidualSide = 16;

    /// <summary>Sides of the maps on the way down: half the crop's, a quarter, ..., <see cref="LowestSide"/>.</summary>
    internal IReadOnlyList<int> Sides => [.. Enumerable.Range(1, BitOperations.Log2((uint)(Resolution / LowestSide))).Select(halvings => Resolution >> halvings)];

    /// <summary>Channels of a map.</summary>
    /// <param name="width">The network's width.</param>
    /// <param name="side">The map's side.</param>
    internal static int Channels(int width, int side) => side switch
    {
        > 64 => Math.Max(1, width / 2),
        64 => width,
        32 => 2 * width,
        16 => 4 * width,
        _ => 6 * width,
    };

    /// <summary>Checks that the sizes fit together.</summary>
    /// <exception cref="UserFacingException">They do not.</exception>
    public void Validate()
    {
        if (Resolution is not (32 or 64 or 128 or 256))
        {
            throw new UserFacingException(FailureKind.Usage, $"A one-shot generator of {Resolution} px cannot be made: use 32, 64, 128 or 256.");
        }

        if (Width < 1 || SourceWidth < 1 || IdentitySize < 1 || IdentityMap < 1)
        {
            throw new UserFacingException(FailureKind.Usage, "All dimensions of the one-shot generator must be at least 1.");
        }
    }
}
