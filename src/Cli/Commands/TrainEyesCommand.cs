using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze train gaze</c>: the network that measures gaze where nothing was downloaded.</summary>
internal sealed class TrainEyesCommand : TrainingCommand
{
    private static readonly EyesRecipeOptions Defaults = new([], [], string.Empty);

    private readonly Option<string[]> labels = new("--labels") { Description = "Label files (NDJSON) of data sets of performers to train on.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> heldOut = new("--held-out") { Description = "Label files of other people, for the stated error.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> output = new("--output", "-o") { Description = "Folder of checkpoint, metrics and, at the end, eyes.onnx; a checkpoint in it is resumed.", HelpName = "DIR", Required = true };
    private readonly Option<int> steps = SharedOptions.Number("--steps", "Steps of the whole run.", "N", Defaults.Steps, 1, 10_000_000);
    private readonly Option<int> batch = SharedOptions.Number("--batch", "Faces a step.", "N", Defaults.BatchFaces, 1, 4096);
    private readonly Option<double> learningRate = new("--learning-rate") { Description = "Peak rate; it falls along a cosine to 0.", HelpName = "RATE", DefaultValueFactory = _ => Defaults.LearningRate };
    private readonly Option<string?> startFrom = new("--start-from") { Description = "Checkpoint, or a gaze network that was exported (models/eyes.onnx), to start from where the output folder has no checkpoint.", HelpName = "FILE" };
    private readonly Option<int> seed = SharedOptions.Number("--seed", "Of everything random.", "N", Defaults.Seed, 0, int.MaxValue);
    private readonly Option<string> device = SharedOptions.TrainingDevice();
    private readonly Option<int> threads = SharedOptions.Number("--threads", "Threads of the tensor library.", "N", Defaults.Threads, 1, 256);
    private readonly Option<int> checkpointEvery = SharedOptions.Number("--checkpoint-every", "Steps between checkpoints.", "STEPS", Defaults.CheckpointEvery, 1, 1_000_000);
    private readonly Option<int> measureEvery = SharedOptions.Number("--measure-every", "Steps between measurements on the held-out people; 0 measures at the end only.", "STEPS", Defaults.MeasureEvery, 0, 1_000_000);
    private readonly Option<bool> mixedPrecision = new("--mixed-precision") { Description = "Compute convolutions in bfloat16: faster where the processor has avx512_bf16, slower elsewhere." };
    private readonly Option<string[]> real = new("--real") { Description = "Face sets (extract) of real clips, one person each, that other networks labelled.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> origin = new("--origin") { Description = "What it was trained on and how, in one sentence; travels inside eyes.onnx.", HelpName = "TEXT" };
    private readonly Option<bool> smokeTest = new("--smoke-test") { Description = "A few steps on a few pictures: shows that training works here, not how well." };
    private readonly Option<bool> json = SharedOptions.Json();

    public TrainEyesCommand(UserTerminal terminal, Interruption interruption)
        : base("gaze", "Trains the gaze network that ships, on labelled performers.", terminal, interruption)
    {
        SharedOptions.AddAll(this, labels, heldOut, output, real, steps, batch, learningRate, startFrom, seed, device, threads, checkpointEvery, measureEvery, mixedPrecision, origin, smokeTest, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Train on a data set of performers; run again to resume", "train gaze --labels people/labels.ndjson --held-out people/labels-heldout.ndjson -o runs/gaze"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        EyesRecipeOptions options = new(
            parsed.GetRequiredValue(labels),
            parsed.GetRequiredValue(heldOut),
            parsed.GetRequiredValue(output),
            parsed.GetValue(steps),
            parsed.GetValue(batch),
            parsed.GetValue(learningRate),
            parsed.GetValue(seed),
            parsed.GetValue(checkpointEvery),
            parsed.GetValue(measureEvery),
            parsed.GetValue(threads),
            parsed.GetValue(mixedPrecision),
            parsed.GetValue(startFrom),
            Origin: parsed.GetValue(origin) ?? string.Empty,
            RealFaces: parsed.GetValue(real),
            Device: SharedOptions.TrainingDevice(parsed, device));
        options = parsed.GetValue(smokeTest) ? options.AsSmokeTest() : options;
        EyesExport? result = await TrainAsync(progress => EyesRecipe.Run(options, progress, Interruption.Stop)).ConfigureAwait(false);
        if (result is null)
        {
            return (int)FailureKind.Cancelled;
        }

        Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Path}: {result.Bytes / 1e6:0.00} MB; error on {result.HeldOut.Faces} held-out faces {result.HeldOut.MedianDegrees:0.00} degrees median, {result.HeldOut.MeanDegrees:0.00} mean, {result.HeldOut.P95Degrees:0.00} p95; differs from the trained network by at most {result.LargestDifference:0.0e+0}."));
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new TrainEyesDocument("train gaze", ToolVersion.Full, result).ToJson());
        }

        return 0;
    }
}
