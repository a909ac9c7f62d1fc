using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks;

namespace VideoGaze.Training;

/// <summary>Everything a pair training run depends on. The same options give the same weights on the same machine with the same number of threads.</summary>
/// <param name="Source">Face set of the person who is put in.</param>
/// <param name="Target">Face set of the video whose face is replaced.</param>
/// <param name="Output">Folder for <c>checkpoint.safetensors</c>, <c>metrics.ndjson</c> and <c>previews/</c>. A checkpoint in it is resumed.</param>
public sealed record PairTrainingOptions(string Source, string Target, string Output)
{
    /// <summary>Architecture and dimensions.</summary>
    public AutoencoderShape Shape { get; init; } = new();

    /// <summary>Losses with weights and times.</summary>
    public PairLosses Losses { get; init; } = PairLosses.Conditions["DFL+em+Gaze"];

    /// <summary>Steps of the whole run, resumed parts included.</summary>
    public int Steps { get; init; } = 20000;

    /// <summary>Pictures of each identity a step.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Adam, or DeepFaceLab's AdaBelief.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The optimiser's rate. DeepFaceLab's 5e-5 is for millions of steps; small networks on a few hundred frames take more.</summary>
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>Step from which the rate falls along a cosine to a twentieth at <see cref="Steps"/>; null for the last third.</summary>
    public int? DecayFrom { get; init; }

    /// <summary>Largest norm of the gradient; 0 for no limit.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>When the network's input is randomly warped: makes both identities share a code. Off at the end it lets detail settle.</summary>
    public LossTerm RandomWarp { get; init; } = new(1);

    /// <summary>Reach of random turn, scale and shift as a share of DeepFaceLab's. Where the target is the very video to be swapped and both are aligned alike, less learns faster.</summary>
    public double GeometryJitter { get; init; } = 1;

    /// <summary>Also train on the mirrored source.</summary>
    public bool FlipSource { get; init; } = true;

    /// <summary>Also train on the mirrored target.</summary>
    public bool FlipTarget { get; init; } = true;

    /// <summary>Reach of random exposure and white balance, the same for input and goal; 0 for none.</summary>
    public double ColorJitter { get; init; } = 0.1;

    /// <summary>Compute convolutions in bfloat16 (weights stay in 32 bit). 1.4 times faster on processors with AVX512-BF16, slower on others.</summary>
    public bool MixedPrecision { get; init; }

    /// <summary>Weights of the frozen gaze network, see <see cref="GazeRecipe"/>; needed when a gaze loss has a weight.</summary>
    public string? GazeWeights { get; init; }

    /// <summary>
    /// What to start from when <see cref="Output"/> holds no checkpoint: the checkpoint of an earlier run of the same dimensions (finetuning), or an exported generator
    /// (<c>.onnx</c>, <c>.dfm</c>), also one of half the resolution with -d where this one is -q.
    /// </summary>
    public string? StartFrom { get; init; }

    /// <summary>Of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of the tensor library; 0 for its own choice.</summary>
    public int Threads { get; init; }

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Steps between preview pictures; 0 for none.</summary>
    public int PreviewEvery { get; init; } = 500;

    /// <summary>Steps between lines of metrics and progress reports; losses in them are means over the interval.</summary>
    public int ReportEvery { get; init; } = 20;

    /// <summary>Tiny and quick: shows that a machine can train, not how well.</summary>
    public PairTrainingOptions AsSmokeTest() => this with
    {
        Shape = new AutoencoderShape(Resolution: 64, EncoderDims: 8, InterDims: 32, DecoderDims: 8, MaskDims: 4),
        Steps = 200,
        BatchSize = 4,
        LearningRate = 1e-3,
        RandomWarp = LossTerm.Off,
        CheckpointEvery = 100,
        PreviewEvery = 100,
        ReportEvery = 10,
    };

    /// <summary>Checks what can be checked before any file is read.</summary>
    /// <exception cref="UserFacingException">Something does not make sense.</exception>
    public void Validate()
    {
        Shape.Validate();
        if (Steps < 1 || BatchSize < 1 || ReportEvery < 1 || CheckpointEvery < 1 || PreviewEvery < 0 || !(LearningRate > 0))
        {
            throw new UserFacingException(FailureKind.Usage, "Steps, batch size, learning rate and intervals must be positive.");
        }

        if (Losses.NeedGazeNetwork && GazeWeights is null)
        {
            throw new UserFacingException(FailureKind.Usage, "A gaze loss needs the gaze network's weights: name the file, models/gaze-loss.safetensors in the repository.");
        }
    }
}

/// <summary>What a finished run leaves.</summary>
/// <param name="Steps">Steps done.</param>
/// <param name="Checkpoint">The last checkpoint, which <see cref="GeneratorExporter"/> reads.</param>
/// <param name="Losses">Means of the last interval, by name.</param>
public sealed record PairTrainingResult(int Steps, string Checkpoint, IReadOnlyDictionary<string, double> Losses);
