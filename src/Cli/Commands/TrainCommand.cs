using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze train</c>: from two face sets to a checkpoint that <c>export</c> turns into a generator.</summary>
internal sealed class TrainCommand : TrainingCommand
{
    /// <summary>The library's defaults: stated here once, shown by the help, and used where an option is left out.</summary>
    private static readonly PairTrainingOptions Defaults = new(string.Empty, string.Empty, string.Empty);

    private readonly Option<string> source = new("--source") { Description = "Face set of the person who is put in.", HelpName = "DIR", Required = true };
    private readonly Option<string> target = new("--target") { Description = "Face set of the video whose face is replaced.", HelpName = "DIR", Required = true };
    private readonly Option<string> output = new("--output", "-o")
    {
        Description = "Folder for checkpoint, metrics and previews; a checkpoint in it is resumed exactly.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string> condition = new("--condition")
    {
        Description = "Losses of a condition of the gaze study: " + string.Join(", ", PairLosses.Conditions.Keys) + "; the options below change single ones.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "DFL+em+Gaze",
    };

    private readonly Option<LossTerm?> dssim = LossOption.Create("--dssim", "Structural dissimilarity inside the mask.");
    private readonly Option<LossTerm?> mse = LossOption.Create("--mse", "Squared colour difference inside the mask.");
    private readonly Option<LossTerm?> mask = LossOption.Create("--mask", "Squared difference of the masks.");
    private readonly Option<LossTerm?> eyesAndMouth = LossOption.Create("--em", "Colour difference on eyes and mouth.");
    private readonly Option<LossTerm?> gaze = LossOption.Create("--gaze", "Gaze of each reconstruction against its picture.");
    private readonly Option<LossTerm?> swapGaze = LossOption.Create("--swap-gaze", "Gaze of the swapped face against the target's picture.");
    private readonly Option<LossTerm?> randomWarp = LossOption.Create("--random-warp", "When the network's input is randomly warped: 1 always, 0 never, 1@0-9000 until step 9000.");
    private readonly Option<string?> gazeNetwork = new("--gaze-network")
    {
        Description = $"Weights of the frozen gaze network that the gaze losses look through; without it {ModelRole.GazeLoss.FileNames[0]} among the models.",
        HelpName = "FILE",
    };

    private readonly Option<string?> startFrom = new("--start-from")
    {
        Description = "Checkpoint, or generator that export wrote, to start from where the output folder holds no checkpoint: finetuning. A generator of half the resolution with -d grows into -q.",
        HelpName = "FILE",
    };

    private readonly Option<string> architecture = new("--architecture")
    {
        Description = "How the two share the network, in DeepFaceLab's notation: df or liae, with -u, -d or -ud; -q and -uq are ours and give twice the resolution of -d at nearly its cost.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Defaults.Shape.Name,
    };

    private readonly Option<int> resolution = SharedOptions.Number("--resolution", "Side of the generated face in pixels, a multiple of 32 (16 without -d, 64 with -q).", "PIXELS", Defaults.Shape.Resolution, 16, 640);
    private readonly Option<int> encoderDims = SharedOptions.Number("--encoder-dims", "Channels of the encoder's first layer.", "N", Defaults.Shape.EncoderDims, 1, 1024);
    private readonly Option<int> interDims = SharedOptions.Number("--inter-dims", "Width of the bottleneck.", "N", Defaults.Shape.InterDims, 1, 4096);
    private readonly Option<int> decoderDims = SharedOptions.Number("--decoder-dims", "Channels of the picture decoder, an eighth of its widest layer.", "N", Defaults.Shape.DecoderDims, 1, 1024);
    private readonly Option<int> maskDims = SharedOptions.Number("--mask-dims", "Channels of the mask decoder, an eighth of its widest layer.", "N", Defaults.Shape.MaskDims, 1, 1024);
    private readonly Option<int> steps = SharedOptions.Number("--steps", "Steps of the whole run, resumed parts included.", "N", Defaults.Steps, 1, 100_000_000);
    private readonly Option<int> batch = SharedOptions.Number("--batch", "Pictures of each face a step.", "N", Defaults.BatchSize, 1, 1024);
    private readonly Option<double> learningRate = new("--learning-rate")
    {
        Description = "The optimiser's rate until it decays.",
        HelpName = "RATE",
        DefaultValueFactory = _ => Defaults.LearningRate,
    };

    private readonly Option<int?> decayFrom = new("--decay-from") { Description = "Step from which the rate falls to a twentieth; without it the last third.", HelpName = "STEP" };
    private readonly Option<bool> noFlipSource = new("--no-flip-source") { Description = "Do not train on the mirrored source." };
    private readonly Option<bool> noFlipTarget = new("--no-flip-target") { Description = "Do not train on the mirrored target." };
    private readonly Option<double> geometryJitter = new("--geometry-jitter")
    {
        Description = "Random turn, scale, shift, as a share of DeepFaceLab's.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => Defaults.GeometryJitter,
    };

    private readonly Option<double> colorJitter = new("--color-jitter")
    {
        Description = "Reach of random exposure and white balance, 0 for none.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => Defaults.ColorJitter,
    };

    private readonly Option<bool> mixedPrecision = new("--mixed-precision") { Description = "Compute convolutions in bfloat16: faster where the processor has avx512_bf16, slower elsewhere." };
    private readonly Option<int> seed = SharedOptions.Number("--seed", "Of everything random: the same seed gives the same weights.", "N", Defaults.Seed, 0, int.MaxValue);
    private readonly Option<int> threads = SharedOptions.Number("--threads", "Threads of the tensor library; 0 is its own choice.", "N", Defaults.Threads, 0, 256);
    private readonly Option<int> checkpointEvery = SharedOptions.Number("--checkpoint-every", "Steps between checkpoints.", "STEPS", Defaults.CheckpointEvery, 1, 1_000_000);
    private readonly Option<int> previewEvery = SharedOptions.Number("--preview-every", "Steps between preview pictures; 0 for none.", "STEPS", Defaults.PreviewEvery, 0, 1_000_000);
    private readonly Option<bool> smokeTest = new("--smoke-test") { Description = "A tiny network and 200 steps: shows within a minute that training works here, not how well." };
    private readonly Option<string?> models = SharedOptions.Models();
    private readonly Option<bool> json = SharedOptions.Json();

    public TrainCommand(UserTerminal terminal, Interruption interruption)
        : base("train", "Trains a generator that turns the target's face into the source's.", terminal, interruption)
    {
        SharedOptions.AddAll(
            this, source, target, output, condition, dssim, mse, mask, eyesAndMouth, gaze, swapGaze, gazeNetwork, startFrom, steps, batch, learningRate, decayFrom, randomWarp);
        SharedOptions.AddAll(this, architecture, resolution, encoderDims, interDims, decoderDims, maskDims, noFlipSource, noFlipTarget, geometryJitter, colorJitter, mixedPrecision);
        SharedOptions.AddAll(this, seed, threads, checkpointEvery, previewEvery, smokeTest, models, json);
        Add(new TrainSwapCommand(terminal, interruption));
        Add(new TrainLandmarksCommand(terminal, interruption));
        Add(new TrainEyesCommand(terminal, interruption));
        Add(new TrainFramesCommand(terminal, interruption));
        Add(new TrainDetectorCommand(terminal, interruption));
        Add(new TrainIdentityCommand(terminal, interruption));
        Add(new TrainMaskCommand(terminal, interruption));
        Validators.Add(result =>
        {
            if (result.GetValue(condition) is { } name && !PairLosses.Conditions.ContainsKey(name))
            {
                result.AddError($"--condition knows no '{name}'; it is one of {string.Join(", ", PairLosses.Conditions.Keys)}.");
            }
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Train with the losses that keep gaze best; run again to resume", "train --source faces/B --target faces/A -o models/A-to-B"),
        new("The study's five conditions are five command lines: the baseline", "train --source faces/B --target faces/A -o m/dfl --condition DFL"),
        new("with priority for eyes and mouth", "train --source faces/B --target faces/A -o m/dfl-em --condition DFL+em"),
        new("with the gaze loss", "train --source faces/B --target faces/A -o m/dfl-gaze --condition DFL+Gaze"),
        new("with the gaze loss on top of a finished baseline", "train --source faces/B --target faces/A -o m/dfl-gaze-ft --condition DFL+Gaze-finetuning --start-from m/dfl/checkpoint.safetensors"),
        new("with both", "train --source faces/B --target faces/A -o m/dfl-em-gaze --condition DFL+em+Gaze"),
        new("Let the gaze loss act from step 4000 on", "train --source faces/B --target faces/A -o m/late --condition DFL --gaze 2@4000"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        PairTrainingOptions options = TrainingOptions(parsed);
        PairTrainingResult? result = await TrainAsync(progress => PairTrainer.Run(options, progress, Interruption.Stop), $"stopped; all steps so far are in {Path.Combine(options.Output, PairTrainer.CheckpointName)}, run the same command to go on.").ConfigureAwait(false);
        if (result is null)
        {
            return (int)FailureKind.Cancelled;
        }

        Terminal.Say($"{result.Checkpoint}: {result.Steps} steps, {TrainingWords.Losses(result.Losses)}. Next: videogaze export {options.Output}");
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new TrainDocument("train", ToolVersion.Full, result.Checkpoint, result.Steps, result.Losses).ToJson());
        }

        return 0;
    }

    private PairTrainingOptions TrainingOptions(ParseResult parsed)
    {
        PairLosses losses = PairLosses.Conditions[parsed.GetValue(condition)!];
        losses = new(
            parsed.GetValue(dssim) ?? losses.Dssim,
            parsed.GetValue(mse) ?? losses.Mse,
            parsed.GetValue(mask) ?? losses.Mask,
            parsed.GetValue(eyesAndMouth) ?? losses.EyesAndMouth,
            parsed.GetValue(gaze) ?? losses.Gaze,
            parsed.GetValue(swapGaze) ?? losses.SwapGaze);
        PairTrainingOptions options = Defaults with
        {
            Source = parsed.GetRequiredValue(source),
            Target = parsed.GetRequiredValue(target),
            Output = parsed.GetRequiredValue(output),
            Shape = Defaults.Shape.WithName(parsed.GetValue(architecture)!) with
            {
                Resolution = parsed.GetValue(resolution),
                EncoderDims = parsed.GetValue(encoderDims),
                InterDims = parsed.GetValue(interDims),
                DecoderDims = parsed.GetValue(decoderDims),
                MaskDims = parsed.GetValue(maskDims),
            },
            Losses = losses,
            Steps = parsed.GetValue(steps),
            BatchSize = parsed.GetValue(batch),
            LearningRate = parsed.GetValue(learningRate),
            DecayFrom = parsed.GetValue(decayFrom),
            RandomWarp = parsed.GetValue(randomWarp) ?? Defaults.RandomWarp,
            FlipSource = !parsed.GetValue(noFlipSource),
            FlipTarget = !parsed.GetValue(noFlipTarget),
            GeometryJitter = parsed.GetValue(geometryJitter),
            ColorJitter = parsed.GetValue(colorJitter),
            MixedPrecision = parsed.GetValue(mixedPrecision),
            StartFrom = parsed.GetValue(startFrom),
            Seed = parsed.GetValue(seed),
            Threads = parsed.GetValue(threads),
            CheckpointEvery = parsed.GetValue(checkpointEvery),
            PreviewEvery = parsed.GetValue(previewEvery),
            GazeWeights = !losses.NeedGazeNetwork
                ? null
                : parsed.GetValue(gazeNetwork) ?? ModelStore.Open(parsed.GetValue(models)).Resolve(ModelRole.GazeLoss),
        };
        return parsed.GetValue(smokeTest) ? options.AsSmokeTest() : options;
    }
}
