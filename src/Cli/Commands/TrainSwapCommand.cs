using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze train swap</c>: the one-shot generator, which takes photos of anybody, from rendered swap triplets.</summary>
internal sealed class TrainSwapCommand : TrainingCommand
{
    private static readonly SwapRecipeOptions Defaults = new([], string.Empty);

    private readonly Option<string[]> triplets = new("--triplets")
    {
        Description = "Sets of swap triplets that perform --kind triplets made; people of their held-out files are kept for previews and figures.",
        HelpName = "DIR",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> real = new("--real")
    {
        Description = "Face sets that extract made of real people, one person each: a part of every batch reconstructs them from their own photos.",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> output = new("--output", "-o")
    {
        Description = "Folder for checkpoint, metrics and previews; a checkpoint in it is resumed exactly.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<LossTerm?> colour = LossOption.Create("--colour", "Colour difference from the true swap.");
    private readonly Option<LossTerm?> dssim = LossOption.Create("--dssim", "Structural dissimilarity on the face.");
    private readonly Option<LossTerm?> eyesAndMouth = LossOption.Create("--em", "Colour difference on eyes and mouth.");
    private readonly Option<LossTerm?> mask = LossOption.Create("--mask", "Squared difference of the masks.");
    private readonly Option<LossTerm?> gaze = LossOption.Create("--gaze", "Gaze of the new face against the true swap's.");
    private readonly Option<LossTerm?> detail = LossOption.Create("--detail", "Difference of how strong edges are, wherever in a small square they lie.");
    private readonly Option<LossTerm?> likeness = LossOption.Create("--likeness", "Difference from the true swap as an identity network sees it.");
    private readonly Option<LossTerm?> paint = LossOption.Create("--paint", "Share of the face that is painted instead of moved.");
    private readonly Option<string?> identityNetwork = new("--identity-network")
    {
        Description = $"The frozen identity network, made by train identity, that the likeness looks through; without it {ModelRole.FaceIdentity.FileNames[0]} among the models.",
        HelpName = "FILE",
    };

    private readonly Option<string?> gazeNetwork = new("--gaze-network")
    {
        Description = $"Weights of the frozen gaze network that the gaze loss looks through; without it {ModelRole.GazeLoss.FileNames[0]} among the models.",
        HelpName = "FILE",
    };

    private readonly Option<string?> startFrom = new("--start-from")
    {
        Description = "Checkpoint, or exported .onnx file of the same dimensions, to start from where the output folder holds none; a checkpoint of another resolution gives all but its outermost layers.",
        HelpName = "FILE",
    };

    private readonly Option<int> resolution = SharedOptions.Number("--resolution", "Side of the face in pixels: 32, 64, 128 or 256. What 64 learns, at a quarter of the cost, is a start for 128.", "PIXELS", Defaults.Shape.Resolution, 32, 256);
    private readonly Option<int> width = SharedOptions.Number("--width", "Channels of the generator's maps of 64x64; smaller ones have 2, 4 and 6 times as many.", "N", Defaults.Shape.Width, 1, 512);
    private readonly Option<string?> landmarks = new("--landmarks") { Description = "The landmark network that the person's skin is laid onto meshes of; without it the first that is found.", HelpName = "FILE" };
    private readonly Option<int> steps = SharedOptions.Number("--steps", "Steps of the whole run, resumed parts included.", "N", Defaults.Steps, 1, 100_000_000);
    private readonly Option<int> batch = SharedOptions.Number("--batch", "Swaps a step.", "N", Defaults.BatchSize, 1, 1024);
    private readonly Option<double> learningRate = new("--learning-rate") { Description = "The optimiser's rate until it decays.", HelpName = "RATE", DefaultValueFactory = _ => Defaults.LearningRate };
    private readonly Option<int?> decayFrom = new("--decay-from") { Description = "Step from which the rate falls to a twentieth; without it the last third.", HelpName = "STEP" };
    private readonly Option<bool> mixedPrecision = new("--mixed-precision") { Description = "Compute convolutions in bfloat16: faster where the processor has avx512_bf16, slower elsewhere." };
    private readonly Option<int> seed = SharedOptions.Number("--seed", "Of everything random: the same seed gives the same weights.", "N", Defaults.Seed, 0, int.MaxValue);
    private readonly Option<string> device = SharedOptions.TrainingDevice();
    private readonly Option<int> threads = SharedOptions.Number("--threads", "Threads of the tensor library; 0 is its own choice.", "N", Defaults.Threads, 0, 256);
    private readonly Option<int> checkpointEvery = SharedOptions.Number("--checkpoint-every", "Steps between checkpoints.", "STEPS", Defaults.CheckpointEvery, 1, 1_000_000);
    private readonly Option<int> previewEvery = SharedOptions.Number("--preview-every", "Steps between previews, each with figures of people held out; 0 for none.", "STEPS", Defaults.PreviewEvery, 0, 1_000_000);
    private readonly Option<bool> smokeTest = new("--smoke-test") { Description = "A tiny network and 60 steps: shows within a minute that training works here, not how well." };
    private readonly Option<string?> models = SharedOptions.Models();
    private readonly Option<bool> json = SharedOptions.Json();

    public TrainSwapCommand(UserTerminal terminal, Interruption interruption)
        : base("swap", "Trains the one-shot generator, which puts a person of a few photos into any face, on rendered true swaps.", terminal, interruption)
    {
        SharedOptions.AddAll(this, triplets, real, output, colour, dssim, eyesAndMouth, mask, gaze, gazeNetwork, detail, likeness, identityNetwork, paint, startFrom, resolution, width, landmarks);
        SharedOptions.AddAll(this, steps, batch, learningRate, decayFrom, mixedPrecision, seed, device, threads, checkpointEvery, previewEvery, smokeTest, models, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Train on the true swaps that perform --dataset 4000 --kind triplets -o triplets made; run again to resume", "train swap --triplets triplets -o models/swap"),
        new("With real people among them, whose frames are only reconstructed", "train swap --triplets triplets --real faces/anna faces/ben -o models/swap"),
        new("Learn at 64 px first, then grow", "train swap --triplets triplets -o models/swap-128 --start-from models/swap-64/checkpoint.safetensors"),
        new("Write it where process finds it", "export models/swap -o models/swap.onnx"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        SwapRecipeOptions options = RecipeOptions(parsed);
        SwapRecipeResult? result = await TrainAsync(progress => SwapRecipe.Run(options, progress, Interruption.Stop), $"stopped; all steps so far are in {Path.Combine(options.Output, SwapRecipe.CheckpointName)}, run the same command to go on.").ConfigureAwait(false);
        if (result is null)
        {
            return (int)FailureKind.Cancelled;
        }

        Terminal.Say($"{result.Checkpoint}: {result.Steps} steps, {TrainingWords.Losses(result.Losses)}. Next: videogaze export {options.Output} -o swap.onnx");
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new TrainDocument("train swap", ToolVersion.Full, result.Checkpoint, result.Steps, result.Losses).ToJson());
        }

        return 0;
    }

    private SwapRecipeOptions RecipeOptions(ParseResult parsed)
    {
        SwapLosses losses = SwapLosses.Default;
        losses = new(
            parsed.GetValue(colour) ?? losses.Colour,
            parsed.GetValue(dssim) ?? losses.Dssim,
            parsed.GetValue(eyesAndMouth) ?? losses.EyesAndMouth,
            parsed.GetValue(mask) ?? losses.Mask,
            parsed.GetValue(gaze) ?? losses.Gaze,
            parsed.GetValue(detail) ?? losses.Detail,
            parsed.GetValue(likeness) ?? losses.Likeness,
            parsed.GetValue(paint) ?? losses.Paint);
        SwapRecipeOptions options = Defaults with
        {
            Triplets = parsed.GetRequiredValue(triplets),
            Real = parsed.GetValue(real) ?? [],
            Output = parsed.GetRequiredValue(output),
            Shape = Defaults.Shape with
            {
                Resolution = parsed.GetValue(resolution),
                Width = parsed.GetValue(width),
            },
            Landmarks = parsed.GetValue(landmarks) ?? ModelStore.Open(parsed.GetValue(models)).Resolve(ModelRole.FaceMesh),
            Losses = losses,
            Steps = parsed.GetValue(steps),
            BatchSize = parsed.GetValue(batch),
            LearningRate = parsed.GetValue(learningRate),
            DecayFrom = parsed.GetValue(decayFrom),
            MixedPrecision = parsed.GetValue(mixedPrecision),
            StartFrom = parsed.GetValue(startFrom),
            Seed = parsed.GetValue(seed),
            Threads = parsed.GetValue(threads),
            Device = SharedOptions.TrainingDevice(parsed, device),
            CheckpointEvery = parsed.GetValue(checkpointEvery),
            PreviewEvery = parsed.GetValue(previewEvery),
            Identity = losses.Likeness.Weight > 0 ? parsed.GetValue(identityNetwork) ?? ModelStore.Open(parsed.GetValue(models)).Resolve(ModelRole.FaceIdentity) : null,
            GazeWeights = losses.Gaze.Weight > 0 ? parsed.GetValue(gazeNetwork) ?? ModelStore.Open(parsed.GetValue(models)).Resolve(ModelRole.GazeLoss) : null,
        };
        return parsed.GetValue(smokeTest) ? options.AsSmokeTest() : options;
    }
}
