namespace VideoGaze.Training;

/// <summary>The weighted losses of the one-shot generator. All but the gaze compare with the true swap: the same moment with the other face.</summary>
/// <param name="Colour">Mean absolute colour difference: 1 on the face, a tenth off it.</param>
/// <param name="Dssim">Structural dissimilarity (1 - SSIM) / 2 inside the soft mask.</param>
/// <param name="EyesAndMouth">Mean absolute colour difference on eyes and mouth, spread over the whole picture's pixels as in <see cref="PairLosses"/>.</param>
/// <param name="Mask">Mean squared difference of the masks; real frames, whose true mask nobody knows, do not count.</param>
/// <param name="Gaze">1 - cos of the angle between the gaze of the new face and of the true swap, weighted by eye openness.</param>
/// <param name="Detail">Mean absolute difference of how strong edges are, wherever in a small square they lie.</param>
/// <param name="Likeness">1 - cos of a frozen identity network's vectors of new face and true swap, and three tenths of how its maps differ.</param>
/// <param name="Paint">Mean share of painted pixels on the face: skin and eyes that are moved keep their detail in the larger crops of <c>process</c>, painted ones do not.</param>
public sealed record SwapLosses(LossTerm Colour, LossTerm Dssim, LossTerm EyesAndMouth, LossTerm Mask, LossTerm Gaze, LossTerm Detail, LossTerm Likeness, LossTerm Paint)
{
    /// <summary>
    /// Eyes and mouth are about 3 % of the pixels: 50 makes a code of difference there count about five times one on the cheek. Likeness is off: it gained nothing (docs/training.md).
    /// </summary>
    public static SwapLosses Default { get; } = new(new(6), new(5), new(50), new(5), new(4, 600), new(80), LossTerm.Off, new(0.1));
}
