using VideoGaze.Faces.Failures;

namespace VideoGaze.Training.Networks;

/// <summary>Sizes of the one-shot generator and of the encoder that reads a person's photos.</summary>
/// <param name="Resolution">Side of the aligned crops in pixels, a multiple of 16.</param>
/// <param name="Width">Channels of the generator's first and last maps (half the crop's side); deeper ones have 2, 4 and 6 times as many.</param>
/// <param name="SourceWidth">The same of the encoder.</param>
/// <param name="IdentitySize">Length of the vector that stands for a person.</param>
/// <param name="IdentityMap">Channels of the map that is laid out from the vector at the lowest resolution.</param>
public sealed record SwapShape(int Resolution = 128, int Width = 32, int SourceWidth = 24, int IdentitySize = 384, int IdentityMap = 24)
{
    /// <summary>Side of the lowest map: the crop's is halved four times.</summary>
    internal int LowestSide => Resolution / 16;

    /// <summary>Checks that the sizes fit together.</summary>
    /// <exception cref="UserFacingException">They do not.</exception>
    public void Validate()
    {
        if (Resolution is < 32 or > 512 || Resolution % 16 != 0)
        {
            throw new UserFacingException(FailureKind.Usage, $"A one-shot generator of {Resolution} px cannot be made: use a multiple of 16 from 32 to 512.");
        }

        if (Width < 1 || SourceWidth < 1 || IdentitySize < 1 || IdentityMap < 1)
        {
            throw new UserFacingException(FailureKind.Usage, "All dimensions of the one-shot generator must be at least 1.");
        }
    }
}
