using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;

namespace VideoGaze.Training;

/// <summary>What to fine-tune a one-shot generator for.</summary>
/// <param name="Generator">Its file.</param>
/// <param name="Person">A face set of the person put in.</param>
/// <param name="Target">A face set of the person in the video.</param>
/// <param name="Output">The file to write; the folder it lies in holds what the training writes, too.</param>
public sealed record SwapAdaptationOptions(string Generator, string Person, string Target, string Output)
{
    /// <summary>Steps where nobody asks for another number.</summary>
    public const int DefaultSteps = 100;

    /// <summary>The landmark network that <c>process</c> uses.</summary>
    public required string Landmarks { get; init; }

    /// <summary>Weights of the frozen gaze network; null leaves the gaze loss out.</summary>
    public required string? GazeWeights { get; init; }

    /// <summary>Steps.</summary>
    public int Steps { get; init; } = DefaultSteps;

    /// <summary>Faces a step.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Adam's rate.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of the tensor library; 0 for its own choice.</summary>
    public int Threads { get; init; }
}

/// <summary>
/// Fine-tunes a one-shot generator for one pair of people. No true swap of them is known, so it learns what is: every picture of either wears the other's skin and is put back from other pictures of the
/// same person (<see cref="SwapRecipe"/> without triplets). Where the new face belongs is not learned: the hull of a real face's mesh knows of no hair and no hand.
/// </summary>
public static class SwapAdaptation
{
    /// <summary>Trains, exports, and leaves the file.</summary>
    /// <exception cref="UserFacingException">The file is no one-shot generator, or there are too few faces.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static GeneratorExport Run(SwapAdaptationOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken) =>
        Run(options, () => new Data.MeshReader(options.Landmarks), progress, cancellationToken);

    /// <summary>The same with meshes from anywhere.</summary>
    internal static GeneratorExport Run(SwapAdaptationOptions options, Func<Data.IMeshReader> openReader, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        SwapRecipeOptions recipe = RecipeFor(options);
        SwapRecipeResult trained = SwapRecipe.Run(recipe, openReader, progress, cancellationToken);
        string description = FormattableString.Invariant($"{Path.GetFileName(options.Generator)}, {trained.Steps} more steps for one pair");
        return SwapExporter.Export(new(trained.Checkpoint, options.Output, description));
    }

    private static SwapRecipeOptions RecipeFor(SwapAdaptationOptions options)
    {
        SwapLosses losses = SwapLosses.Default;
        return new([], Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.Output))!, "training"))
        {
            Real = [options.Person, options.Target],
            Landmarks = options.Landmarks,
            Shape = SwapWeights.ShapeOf(options.Generator),
            StartFrom = options.Generator,
            Losses = losses with { Mask = LossTerm.Off, Gaze = options.GazeWeights is null ? LossTerm.Off : new(losses.Gaze.Weight) },
            GazeWeights = options.GazeWeights,
            Steps = options.Steps,
            BatchSize = options.BatchSize,
            LearningRate = options.LearningRate,

            // A tenth: the network is trained already, only the optimiser is new.
            WarmUp = Math.Max(1, options.Steps / 10),
            MixedPrecision = Precision.IsMixedFaster,
            Seed = options.Seed,
            Threads = options.Threads,
            PreviewEvery = 0,
            CheckpointEvery = int.MaxValue,
            ReportEvery = 5,
        };
    }
}
