namespace VideoGaze.Training;

/// <summary>The weighted losses of the one-shot generator. All but the gaze compare with the true swap: the same moment with the other face.</summary>
/// <param name="Colour">Mean absolute colour difference: 1 on the face, a tenth off it.</param>
/// <param name="Dssim">Structural dissimilarity (1 - SSIM) / 2 inside the soft mask.</param>
/// <param name="EyesAndMouth">Mean absolute colour difference on eyes and mouth, spread over the whole picture's pixels as in <see cref="PairLosses"/>.</param>
/// <param name="Mask">Mean squared difference of the masks; real frames, whose true mask nobody knows, do not count.</param>
/// <param name="Gaze">1 - cos of the angle between the gaze of the new face and of the true swap, weighted by eye openness.</param>
public sealed record SwapLosses(LossTerm Colour, LossTerm Dssim, LossTerm EyesAndMouth, LossTerm Mask, LossTerm Gaze)
{
    /// <summary>
    /// The weights of the shipped run. Eyes and mouth are about 3 % of the pixels: 60 makes a code of difference there count about five times one on the cheek.
    /// </summary>
    public static SwapLosses Default { get; } = new(new(10), new(5), new(60), new(5), new(2, 600));
}
