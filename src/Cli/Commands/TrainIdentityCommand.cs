using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze train identity</c>: the identity network that ships.</summary>
internal sealed class TrainIdentityCommand : TrainingCommand
{
    private static readonly IdentityRecipeOptions Defaults = new([], [], [], string.Empty, string.Empty);

    private readonly Option<string[]> labels = new("--labels") { Description = "Label files (NDJSON) of rendered people to train on.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> heldOut = new("--held-out") { Description = "Label files of other people, for the stated figures.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> frames = new("--frames") { Description = "Frame sets of real pictures (train frames).", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> teacher = new("--teacher") { Description = "Public identity network (MobileFaceNet's contract) whose likenesses are learned.", HelpName = "FILE", Required = true };
    private readonly Option<string[]> teacherMaps = new("--teacher-maps") { Description = "Tensors inside the teacher, 28, 14 or 7 places wide, that are learned too; for mobilefacenet_128.onnx 332, 422 and 460.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> output = new("--output", "-o") { Description = "Network to write (ONNX); a checkpoint beside it is resumed.", HelpName = "FILE", Required = true };
    private readonly Option<int> steps = SharedOptions.Number("--steps", "Steps of the whole run.", "N", Defaults.Steps, 1, 10_000_000);
    private readonly Option<int> batch = SharedOptions.Number("--batch", "Crops a step.", "N", Defaults.BatchSize, 1, 4096);
    private readonly Option<double> learningRate = new("--learning-rate") { Description = "Peak rate; it falls along a cosine to 0.", HelpName = "RATE", DefaultValueFactory = _ => Defaults.LearningRate };
    private readonly Option<int> seed = SharedOptions.Number("--seed", "Of everything random.", "N", Defaults.Seed, 0, int.MaxValue);
    private readonly Option<int> threads = SharedOptions.Number("--threads", "Threads of the tensor library.", "N", Defaults.Threads, 1, 256);
    private readonly Option<int> checkpointEvery = SharedOptions.Number("--checkpoint-every", "Steps between checkpoints.", "STEPS", Defaults.CheckpointEvery, 1, 1_000_000);
    private readonly Option<bool> mixedPrecision = new("--mixed-precision") { Description = "Compute convolutions in bfloat16: faster where the processor has avx512_bf16, slower elsewhere." };
    private readonly Option<string[]> notes = RecipeNotes.Option();
    private readonly Option<bool> smoke = new("--smoke-test") { Description = "A few steps: shows within a minute that training works here, not how well." };

    public TrainIdentityCommand(UserTerminal terminal, Interruption interruption)
        : base("identity", "Trains the network that tells people apart, on rendered people and their names and on another network's likenesses.", terminal, interruption)
    {
        SharedOptions.AddAll(this, labels, heldOut, frames, teacher, teacherMaps, output, steps, batch, learningRate, seed, threads, checkpointEvery, mixedPrecision, notes, smoke);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Train on rendered people and on the faces of a frame set", "train identity --labels people/labels.ndjson --held-out people/labels-heldout.ndjson --frames frames --teacher mobilefacenet_128.onnx -o identity.onnx"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        IdentityRecipeOptions options = new(
            parsed.GetRequiredValue(labels),
            parsed.GetRequiredValue(heldOut),
            parsed.GetValue(frames) ?? [],
            parsed.GetRequiredValue(teacher),
            parsed.GetRequiredValue(output),
            parsed.GetValue(steps),
            parsed.GetValue(batch),
            parsed.GetValue(learningRate),
            parsed.GetValue(seed),
            parsed.GetValue(checkpointEvery),
            parsed.GetValue(threads),
            MixedPrecision: parsed.GetValue(mixedPrecision),
            TeacherMaps: parsed.GetValue(teacherMaps),
            Origin: RecipeNotes.Read(parsed.GetValue(notes)));
        options = parsed.GetValue(smoke) ? options.AsSmokeTest() : options;
        IdentityRecipeResult? result = await TrainAsync(progress => IdentityRecipe.Run(options, progress, Interruption.Stop)).ConfigureAwait(false);
        if (result is null)
        {
            return (int)FailureKind.Cancelled;
        }

        Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Output}: on {result.HeldOut.Pairs} held-out pairs AUC {result.HeldOut.Auc:0.0000}, {result.HeldOut.Tar:0.000} accepted at 1 % false (teacher {result.TeacherHeldOut.Auc:0.0000}, {result.TeacherHeldOut.Tar:0.000}), correlation with the teacher's likenesses {result.Correlation:0.00}; one person from {result.Border:0.000} on; the file differs from the network by {result.LargestDifference:0.0e+0} at most."));
        foreach (IdentityGroup group in result.Groups)
        {
            Terminal.Say(group.ToString());
        }

        return 0;
    }
}
