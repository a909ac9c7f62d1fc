using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze train landmarks</c>: the network that measures faces.</summary>
internal sealed class TrainLandmarksCommand : TrainingCommand
{
    private static readonly LandmarkRecipeOptions Defaults = new([], string.Empty, string.Empty);

    private readonly Option<string[]> labels = new("--labels") { Description = "Label files (NDJSON) of rendered faces to train on.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> heldOut = new("--held-out") { Description = "Label files of other rendered people, for the stated errors.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> real = new("--real") { Description = "Face sets (extract PICTURES -o PICTURES/faces) of real pictures to train on; the teacher labels them.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> unseen = new("--unseen") { Description = "Face sets of real pictures that training never sees, for the stated errors.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> empty = new("--empty") { Description = "Folders of pictures in which nobody is.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> teacher = new("--teacher") { Description = "The mesh network that teaches; without it the one among the models.", HelpName = "FILE" };
    private readonly Option<string> output = new("--output", "-o") { Description = "Network to write (ONNX); a checkpoint beside it is resumed exactly.", HelpName = "FILE", Required = true };
    private readonly Option<int> steps = SharedOptions.Number("--steps", "Steps of the whole run.", "N", Defaults.Steps, 1, 10_000_000);
    private readonly Option<int> batch = SharedOptions.Number("--batch", "Crops a step.", "N", Defaults.BatchSize, 1, 4096);
    private readonly Option<double> learningRate = new("--learning-rate") { Description = "Peak rate; it falls along a cosine to 0.", HelpName = "RATE", DefaultValueFactory = _ => Defaults.LearningRate };
    private readonly Option<double> realShare = new("--real-share") { Description = "Share of real faces among the faces of a step.", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.RealShare };
    private readonly Option<bool> registration = new("--registration") { Description = "Teach the mesh that leaves a person's features in the skin instead of the teacher's: of rendered faces the one their data set states (registration_px), of real ones the teacher's without what is the same in all pictures of a clip." };
    private readonly Option<bool> mixedPrecision = new("--mixed-precision") { Description = "Compute convolutions in bfloat16: faster where the processor has avx512_bf16, slower elsewhere." };
    private readonly Option<string?> startFrom = new("--start-from") { Description = "Checkpoint, or a landmark network that was exported (models/landmarks.onnx), to start from where the output has no checkpoint.", HelpName = "FILE" };
    private readonly Option<int> seed = SharedOptions.Number("--seed", "Of everything random.", "N", Defaults.Seed, 0, int.MaxValue);
    private readonly Option<string> device = SharedOptions.TrainingDevice();
    private readonly Option<int> threads = SharedOptions.Number("--threads", "Threads of the tensor library.", "N", Defaults.Threads, 1, 256);
    private readonly Option<int> checkpointEvery = SharedOptions.Number("--checkpoint-every", "Steps between checkpoints.", "STEPS", Defaults.CheckpointEvery, 1, 1_000_000);
    private readonly Option<bool> smokeTest = new("--smoke-test") { Description = "Take 20 steps only: shows that training works here, not how well." };
    private readonly Option<string?> models = SharedOptions.Models();
    private readonly Option<bool> json = SharedOptions.Json();

    public TrainLandmarksCommand(UserTerminal terminal, Interruption interruption)
        : base("landmarks", "Trains the network that measures mesh, 68 points, irises and lids.", terminal, interruption)
    {
        SharedOptions.AddAll(this, labels, heldOut, real, unseen, empty, teacher, output, steps, batch, learningRate, realShare, registration, mixedPrecision, startFrom);
        SharedOptions.AddAll(this, seed, device, threads, checkpointEvery, smokeTest, models, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Train on rendered faces with a teacher for the mesh", "train landmarks --labels faces/labels.ndjson --held-out faces/labels-heldout.ndjson -o landmarks.onnx"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        LandmarkRecipeOptions options = new(
            parsed.GetRequiredValue(labels),
            parsed.GetValue(teacher) ?? ModelStore.Open(parsed.GetValue(models)).Resolve(new ModelRole("landmarks teacher", "mediapipe_face_landmarks_478.onnx")),
            parsed.GetRequiredValue(output))
        {
            Registration = parsed.GetValue(registration),
            HeldOut = parsed.GetValue(heldOut) ?? [],
            Real = parsed.GetValue(real) ?? [],
            Unseen = parsed.GetValue(unseen) ?? [],
            Empty = parsed.GetValue(empty) ?? [],
            Steps = parsed.GetValue(steps),
            BatchSize = parsed.GetValue(batch),
            LearningRate = parsed.GetValue(learningRate),
            RealShare = parsed.GetValue(realShare),
            MixedPrecision = parsed.GetValue(mixedPrecision),
            StartFrom = parsed.GetValue(startFrom),
            Seed = parsed.GetValue(seed),
            Threads = parsed.GetValue(threads),
            Device = SharedOptions.TrainingDevice(parsed, device),
            CheckpointEvery = parsed.GetValue(checkpointEvery),
        };
        if (parsed.GetValue(smokeTest))
        {
            options = options.AsSmokeTest();
        }

        LandmarkRecipeResult? result = await TrainAsync(progress => LandmarkRecipe.Run(options, progress, Interruption.Stop, Terminal.Say)).ConfigureAwait(false);
        if (result is null)
        {
            return (int)FailureKind.Cancelled;
        }

        foreach (LandmarkErrors errors in result.Errors)
        {
            Terminal.Say(errors.ToString());
        }

        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new TrainLandmarksDocument("train landmarks", ToolVersion.Full, options.Output, options.Steps, result).ToJson());
        }

        return 0;
    }
}
