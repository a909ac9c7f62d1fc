using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze train detector</c>: the face detector that ships.</summary>
internal sealed class TrainDetectorCommand : TrainingCommand
{
    private static readonly DetectorRecipeOptions Defaults = new([], [], [], string.Empty);

    private readonly Option<string[]> labels = new("--labels") { Description = "Label files (NDJSON) of rendered people to train on.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> heldOut = new("--held-out") { Description = "Label files of other people, for the stated recall.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> frames = new("--frames") { Description = "Frame sets of real pictures (train frames).", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> teacher = new("--teacher") { Description = "Detector of YuNet's contract (ONNX) that is asked about every picture as the network sees it, instead of the labels: learns many times faster.", HelpName = "FILE" };
    private readonly Option<string> output = new("--output", "-o") { Description = "Network to write (ONNX); a checkpoint beside it is resumed.", HelpName = "FILE", Required = true };
    private readonly Option<int> steps = SharedOptions.Number("--steps", "Steps of the whole run.", "N", Defaults.Steps, 1, 10_000_000);
    private readonly Option<int> batch = SharedOptions.Number("--batch", "Pictures of 256 x 256 a step.", "N", Defaults.BatchSize, 1, 4096);
    private readonly Option<double> learningRate = new("--learning-rate") { Description = "Peak rate; it falls along a cosine to 0.", HelpName = "RATE", DefaultValueFactory = _ => Defaults.LearningRate };
    private readonly Option<int> seed = SharedOptions.Number("--seed", "Of everything random.", "N", Defaults.Seed, 0, int.MaxValue);
    private readonly Option<int> threads = SharedOptions.Number("--threads", "Threads of the tensor library.", "N", Defaults.Threads, 1, 256);
    private readonly Option<int> checkpointEvery = SharedOptions.Number("--checkpoint-every", "Steps between checkpoints.", "STEPS", Defaults.CheckpointEvery, 1, 1_000_000);
    private readonly Option<bool> mixedPrecision = new("--mixed-precision") { Description = "Compute convolutions in bfloat16: faster where the processor has avx512_bf16, slower elsewhere." };
    private readonly Option<double> leastScore = new("--least-score") { Description = "The network's score, between 0 and 1, that the file gives as 0.6, from which a face is taken for one.", HelpName = "SCORE", DefaultValueFactory = _ => Defaults.LeastScore };
    private readonly Option<string[]> notes = RecipeNotes.Option();
    private readonly Option<bool> smoke = new("--smoke-test") { Description = "A few steps on small pictures: shows within a minute that training works here, not how well." };

    public TrainDetectorCommand(UserTerminal terminal, Interruption interruption)
        : base("detector", "Trains the face detector on rendered people and on real frames that another detector labelled.", terminal, interruption)
    {
        leastScore.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double score) && score is > 0 and < 1))
            {
                result.AddError($"--least-score wants a number between 0 and 1, not '{token.Value}'.");
            }
        });
        SharedOptions.AddAll(this, labels, heldOut, frames, teacher, output, steps, batch, learningRate, seed, threads, checkpointEvery, mixedPrecision, leastScore, notes, smoke);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Train on rendered people and on frames of two clips", "train detector --labels people/labels.ndjson --held-out people/labels-heldout.ndjson --frames frames -o detector.onnx"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        DetectorRecipeOptions options = new(
            parsed.GetRequiredValue(labels),
            parsed.GetRequiredValue(heldOut),
            parsed.GetValue(frames) ?? [],
            parsed.GetRequiredValue(output),
            parsed.GetValue(steps),
            parsed.GetValue(batch),
            parsed.GetValue(learningRate),
            parsed.GetValue(seed),
            parsed.GetValue(checkpointEvery),
            parsed.GetValue(threads),
            MixedPrecision: parsed.GetValue(mixedPrecision),
            Teacher: parsed.GetValue(teacher),
            LeastScore: parsed.GetValue(leastScore),
            Origin: RecipeNotes.Read(parsed.GetValue(notes)));
        options = parsed.GetValue(smoke) ? options.AsSmokeTest() : options;
        DetectorRecipeResult? result = await TrainAsync(progress => DetectorRecipe.Run(options, progress, Interruption.Stop)).ConfigureAwait(false);
        if (result is null)
        {
            return (int)FailureKind.Cancelled;
        }

        Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Output}: {result.Recall:0.000} of the faces on {result.HeldOut} held-out pictures found, {result.OthersPerPicture:0.000} answers elsewhere a picture, points {result.PointError * 100:0.0} % of the distance between the eyes; the file differs from the network by {result.LargestDifference:0.0e+0} at most."));
        return 0;
    }
}
