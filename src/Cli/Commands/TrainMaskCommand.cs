using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze train mask</c>: the one-shot generator's mask.</summary>
internal sealed class TrainMaskCommand : TrainingCommand
{
    private static readonly MaskRecipeOptions Defaults = new([], [], string.Empty, string.Empty);

    private readonly Option<string[]> labels = new("--labels") { Description = "Label files (NDJSON) of rendered people with masks.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> heldOut = new("--held-out") { Description = "Label files of other people, for the stated figures.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> generator = new("--start") { Description = "Checkpoint of the one-shot generator (train swap) whose mask is taught; it stays as it is.", HelpName = "FILE", Required = true };
    private readonly Option<string> output = new("--output", "-o") { Description = "Checkpoint to write, for videogaze export; one that is there is resumed.", HelpName = "FILE", Required = true };
    private readonly Option<int> steps = SharedOptions.Number("--steps", "Steps of the whole run.", "N", Defaults.Steps, 1, 10_000_000);
    private readonly Option<int> batch = SharedOptions.Number("--batch", "Crops a step.", "N", Defaults.BatchSize, 1, 4096);
    private readonly Option<double> learningRate = new("--learning-rate") { Description = "Peak rate; it falls along a cosine to 0.", HelpName = "RATE", DefaultValueFactory = _ => Defaults.LearningRate };
    private readonly Option<int> seed = SharedOptions.Number("--seed", "Of everything random.", "N", Defaults.Seed, 0, int.MaxValue);
    private readonly Option<int> threads = SharedOptions.Number("--threads", "Threads of the tensor library.", "N", Defaults.Threads, 1, 256);
    private readonly Option<int> checkpointEvery = SharedOptions.Number("--checkpoint-every", "Steps between checkpoints.", "STEPS", Defaults.CheckpointEvery, 1, 1_000_000);
    private readonly Option<bool> mixedPrecision = new("--mixed-precision") { Description = "Compute convolutions in bfloat16: faster where the processor has avx512_bf16, slower elsewhere." };
    private readonly Option<bool> smoke = new("--smoke-test") { Description = "A few steps: shows within a minute that training works here, not how well." };

    public TrainMaskCommand(UserTerminal terminal, Interruption interruption)
        : base("mask", "Trains the mask of the one-shot generator alone: where skin is seen, and where spectacles, hair, hands or hats lie over it.", terminal, interruption)
    {
        SharedOptions.AddAll(this, labels, heldOut, generator, output, steps, batch, learningRate, seed, threads, checkpointEvery, mixedPrecision, smoke);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Teach a trained generator what lies over faces", "train mask --labels people/labels.ndjson --held-out people/labels-heldout.ndjson --start swap/checkpoint.safetensors -o masked/checkpoint.safetensors"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        MaskRecipeOptions options = new(
            parsed.GetRequiredValue(labels),
            parsed.GetRequiredValue(heldOut),
            parsed.GetRequiredValue(generator),
            parsed.GetRequiredValue(output),
            parsed.GetValue(steps),
            parsed.GetValue(batch),
            parsed.GetValue(learningRate),
            parsed.GetValue(seed),
            parsed.GetValue(checkpointEvery),
            parsed.GetValue(threads),
            parsed.GetValue(mixedPrecision));
        options = parsed.GetValue(smoke) ? options.AsSmokeTest() : options;
        MaskRecipeResult? result = await TrainAsync(progress => MaskRecipe.Run(options, progress, Interruption.Stop)).ConfigureAwait(false);
        if (result is null)
        {
            return (int)FailureKind.Cancelled;
        }

        string shares = string.Join(", ", result.Right.Select(share => string.Create(CultureInfo.InvariantCulture, $"{share.Key} {100 * share.Value:0.0}")));
        Terminal.Say($"{result.Output}: per cent of held-out pixels that the mask has right: {shares}. \"videogaze export\" makes a generator of it.");
        return 0;
    }
}
