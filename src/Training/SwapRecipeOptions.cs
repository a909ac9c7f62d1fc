using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks;

namespace VideoGaze.Training;

/// <summary>Everything the training of the one-shot generator depends on.</summary>
/// <param name="Triplets">Data sets of <c>videogaze perform --kind triplets</c>; the people of their held-out files are kept for previews and measures. None: then all is learned from <see cref="Real"/>.</param>
/// <param name="Output">Folder for <c>checkpoint.safetensors</c>, <c>metrics.ndjson</c> and <c>previews/</c>. A checkpoint in it is resumed.</param>
public sealed record SwapRecipeOptions(IReadOnlyList<string> Triplets, string Output)
{
    /// <summary>
    /// Face sets of real people, one person each: their frames are put back together from other frames of theirs after somebody else's skin was laid onto them, so that real skin is no surprise. The skin is a rendered person's; without <see cref="Triplets"/>
    /// that of the people of the other sets. A person of a single picture lends skin only.
    /// </summary>
    public IReadOnlyList<string> Real { get; init; } = [];

    /// <summary>The landmark network's file, the one that <c>process</c> will use: the person's skin is laid onto its meshes.</summary>
    public string Landmarks { get; init; } = string.Empty;

    /// <summary>Sizes of the network.</summary>
    public SwapShape Shape { get; init; } = new();

    /// <summary>Losses with weights and times.</summary>
    public SwapLosses Losses { get; init; } = SwapLosses.Default;

    /// <summary>Steps of the whole run, resumed parts included.</summary>
    public int Steps { get; init; } = 12000;

    /// <summary>Swaps a step.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Adam's rate.</summary>
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>Steps over which the rate rises: the optimiser's first estimates of the second moment are of few gradients.</summary>
    public int WarmUp { get; init; } = 100;

    /// <summary>Step from which the rate falls along a cosine to a twentieth at <see cref="Steps"/>; null for the last third.</summary>
    public int? DecayFrom { get; init; }

    /// <summary>Largest norm of the gradient; 0 for no limit.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Share of the swaps whose photos show the person that is there already: nothing is to change but what differs from the photos' light and pose.</summary>
    public double SelfShare { get; init; } = 0.05;

    /// <summary>Share of the swaps that go back from the true swap to the target's own person: every triplet is supervision in both directions.</summary>
    public double BackShare { get; init; } = 0.35;

    /// <summary>Share of real frames in a batch.</summary>
    public double RealShare { get; init; } = 0.15;

    /// <summary>Weight of a real frame beside a rendered one.</summary>
    public double RealWeight { get; init; } = 1;

    /// <summary>Reach of random exposure and white balance of the target, the same for the true swap; photos vary more, each by itself.</summary>
    public double ColorJitter { get; init; } = 0.15;

    /// <summary>Compute convolutions in bfloat16 (weights stay in 32 bit): faster on processors with AVX512-BF16, slower on others.</summary>
    public bool MixedPrecision { get; init; }

    /// <summary>Weights of the frozen gaze network; needed when the gaze loss has a weight.</summary>
    public string? GazeWeights { get; init; }

    /// <summary>The frozen identity network (.onnx of <c>train identity</c>); needed when the likeness has a weight.</summary>
    public string? Identity { get; init; }

    /// <summary>
    /// A checkpoint, or a file that was exported (.onnx), to start from when <see cref="Output"/> holds none. Of a checkpoint layers of the same name and shape are taken: all of them from one of the same dimensions, all but the outermost from
    /// one of another resolution. The optimiser's state is not. A file must be of the same dimensions.
    /// </summary>
    public string? StartFrom { get; init; }

    /// <summary>Of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of the tensor library; 0 for its own choice.</summary>
    public int Threads { get; init; }

    /// <summary>Where the network is trained.</summary>
    public TrainingDevice Device { get; init; }

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Steps between previews, each with figures of people held out; 0 for none.</summary>
    public int PreviewEvery { get; init; } = 500;

    /// <summary>Steps between lines of metrics and progress reports; losses in them are means over the interval.</summary>
    public int ReportEvery { get; init; } = 20;

    /// <summary>Tiny and quick: shows that a machine can train, not how well.</summary>
    public SwapRecipeOptions AsSmokeTest() => this with
    {
        Shape = new SwapShape(Resolution: 64, Width: 8),
        Steps = 60,
        BatchSize = 4,
        LearningRate = 2e-3,
        CheckpointEvery = 30,
        PreviewEvery = 30,
        ReportEvery = 10,
    };

    /// <summary>Checks what can be checked before any file is read.</summary>
    /// <exception cref="UserFacingException">Something does not make sense.</exception>
    public void Validate()
    {
        Shape.Validate();
        if (Triplets.Count == 0 && Real.Count < 2)
        {
            throw new UserFacingException(FailureKind.Usage, "Name at least one set of swap triplets to train on, or the faces of two people.");
        }

        if (Steps < 1 || BatchSize < 1 || ReportEvery < 1 || CheckpointEvery < 1 || PreviewEvery < 0 || WarmUp < 1 || !(LearningRate > 0))
        {
            throw new UserFacingException(FailureKind.Usage, "Steps, batch size, learning rate and intervals must be positive.");
        }

        if (Losses.Gaze.Weight > 0 && GazeWeights is null)
        {
            throw new UserFacingException(FailureKind.Usage, "A gaze loss needs the gaze network's weights: name the file, models/gaze-loss.safetensors in the repository.");
        }

        if (Losses.Likeness.Weight > 0 && Identity is null)
        {
            throw new UserFacingException(FailureKind.Usage, "A likeness loss needs an identity network: name a file that train identity wrote with --identity-network.");
        }
    }
}

/// <summary>What a run leaves.</summary>
/// <param name="Steps">Steps done.</param>
/// <param name="Checkpoint">The last checkpoint.</param>
/// <param name="Losses">Means of the last interval, by name; figures of people held out, where measured, begin with <c>heldOut</c>.</param>
public sealed record SwapRecipeResult(int Steps, string Checkpoint, IReadOnlyDictionary<string, double> Losses);
