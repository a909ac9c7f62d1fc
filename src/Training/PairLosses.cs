namespace VideoGaze.Training;

/// <summary>
/// The weighted losses of a pair. The defaults are DeepFaceLab's own below 256 px; what a condition of the gaze study changes is
/// <see cref="EyesAndMouth"/> and <see cref="Gaze"/>.
/// </summary>
/// <param name="Dssim">Structural dissimilarity (1 - SSIM) / 2 inside the mask.</param>
/// <param name="Mse">Mean squared colour difference inside the mask.</param>
/// <param name="Mask">Mean squared difference of the masks.</param>
/// <param name="EyesAndMouth">Mean absolute colour difference on eyes and mouth; DeepFaceLab's priority switch is weight 300.</param>
/// <param name="Gaze">1 - cos of the angle between the gaze of each reconstruction and of its picture, weighted by eye openness.</param>
/// <param name="SwapGaze">The same between the swapped face and the target's picture: what no baseline has.</param>
public sealed record PairLosses(LossTerm Dssim, LossTerm Mse, LossTerm Mask, LossTerm EyesAndMouth, LossTerm Gaze, LossTerm SwapGaze)
{
    /// <summary>Weight of DeepFaceLab's eyes-and-mouth priority.</summary>
    public const double EyesAndMouthPriority = 300;

    /// <summary>
    /// Default weight of the gaze losses. Measured on a pair of 7000 steps with the shipped gaze network: at 2 the gaze term falls and nothing else rises; at 10 its noisier
    /// gradient raises the source's DSSIM by 40 % within 100 steps.
    /// </summary>
    public const double GazeWeight = 2;

    /// <summary>The base condition: DeepFaceLab without its priority switch.</summary>
    public static PairLosses Dfl { get; } = new(new(10), new(10), new(10), LossTerm.Off, LossTerm.Off, LossTerm.Off);

    /// <summary>The five conditions of "Explicit Gaze Constraints to Face Swapping" by name. Finetuning is DFL+Gaze started from a finished DFL run.</summary>
    public static IReadOnlyDictionary<string, PairLosses> Conditions { get; } = new Dictionary<string, PairLosses>(StringComparer.OrdinalIgnoreCase)
    {
        ["DFL"] = Dfl,
        ["DFL+em"] = Dfl with { EyesAndMouth = new(EyesAndMouthPriority) },
        ["DFL+Gaze"] = Dfl with { Gaze = new(GazeWeight) },
        ["DFL+Gaze-finetuning"] = Dfl with { Gaze = new(GazeWeight) },
        ["DFL+em+Gaze"] = Dfl with { EyesAndMouth = new(EyesAndMouthPriority), Gaze = new(GazeWeight) },
    };

    /// <summary>Whether any gaze term ever acts.</summary>
    public bool NeedGazeNetwork => Gaze.Weight > 0 || SwapGaze.Weight > 0;
}
