using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze train-gaze</c>: the network that the gaze losses of <c>train</c> look through. It never measures a report.</summary>
internal sealed class TrainGazeCommand : TrainingCommand
{
    private static readonly GazeRecipeOptions Defaults = new(string.Empty, string.Empty, string.Empty);

    private readonly Option<string> labels = new("--labels") { Description = "Label file (NDJSON) of the pictures to train on.", HelpName = "FILE", Required = true };
    private readonly Option<string> heldOut = new("--held-out") { Description = "Label file of pictures of other people, for the stated error.", HelpName = "FILE", Required = true };
    private readonly Option<string> output = new("--output", "-o") { Description = "Weights to write (safetensors); a checkpoint beside it is resumed.", HelpName = "FILE", Required = true };
    private readonly Option<int> steps = SharedOptions.Number("--steps", "Steps of the whole run.", "N", Defaults.Steps, 1, 10_000_000);
    private readonly Option<int> batch = SharedOptions.Number("--batch", "Pictures a step.", "N", Defaults.BatchSize, 1, 4096);
    private readonly Option<double> learningRate = new("--learning-rate") { Description = "Peak rate; it falls along a cosine to 0.", HelpName = "RATE", DefaultValueFactory = _ => Defaults.LearningRate };
    private readonly Option<int> seed = SharedOptions.Number("--seed", "Of everything random.", "N", Defaults.Seed, 0, int.MaxValue);
    private readonly Option<int> threads = SharedOptions.Number("--threads", "Threads of the tensor library.", "N", Defaults.Threads, 1, 256);
    private readonly Option<int> checkpointEvery = SharedOptions.Number("--checkpoint-every", "Steps between checkpoints.", "STEPS", Defaults.CheckpointEvery, 1, 1_000_000);
    private readonly Option<bool> json = SharedOptions.Json();

    public TrainGazeCommand(UserTerminal terminal, Interruption interruption)
        : base("train-gaze", "Trains the gaze network that the gaze losses of train look through.", terminal, interruption)
    {
        SharedOptions.AddAll(this, labels, heldOut, output, steps, batch, learningRate, seed, threads, checkpointEvery, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Train on labelled pictures and state the error on other people", "train-gaze --labels people/labels.ndjson --held-out others/labels.ndjson -o gaze-loss.safetensors"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        GazeRecipeOptions options = new(
            parsed.GetRequiredValue(labels),
            parsed.GetRequiredValue(heldOut),
            parsed.GetRequiredValue(output),
            parsed.GetValue(steps),
            parsed.GetValue(batch),
            parsed.GetValue(learningRate),
            parsed.GetValue(seed),
            parsed.GetValue(checkpointEvery),
            parsed.GetValue(threads));
        GazeRecipeResult? result = await TrainAsync(progress => GazeRecipe.Run(options, progress, Interruption.Stop)).ConfigureAwait(false);
        if (result is null)
        {
            return (int)FailureKind.Cancelled;
        }

        Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Output}: error on {result.Pictures} held-out pictures {result.MeanDegrees:0.00} degrees mean, {result.MedianDegrees:0.00} median, {result.P95Degrees:0.00} p95."));
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new TrainGazeDocument("train-gaze", ToolVersion.Full, options.Output, options.Steps, result).ToJson());
        }

        return 0;
    }
}
