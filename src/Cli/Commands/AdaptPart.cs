using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Stages;
using VideoGaze.Stages.Track;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary>What <c>--adapt</c> means: the one-shot generator is fine-tuned for the two people of a swap before the video is touched.</summary>
internal sealed class AdaptPart(UserTerminal terminal, Interruption interruption)
{
    // All runs have this seed: the record of a run names it, and nobody has to think of one.
    private const int Seed = 1;

    /// <summary>How many steps, or none at all.</summary>
    public Option<int?> Steps { get; } = CreateOption();

    /// <summary>Whether it was asked for.</summary>
    public bool IsAsked(ParseResult parsed) => parsed.GetResult(Steps) is not null;

    /// <summary>Says what does not go with it.</summary>
    public void CheckTogether(CommandResult result, FaceChoice faces)
    {
        if (result.GetResult(Steps) is not null && faces == FaceChoice.All)
        {
            result.AddError("--adapt fine-tunes for one person in the video: choose whom with --faces largest or --reference PHOTO.");
        }
    }

    /// <summary>Fine-tunes, and gives the swap with the generator that came of it.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="swap">The swap.</param>
    /// <param name="folder">Holds faces, training and generator; needed as long as the swap runs.</param>
    /// <exception cref="UserFacingException">It cannot be done; or the user stopped it.</exception>
    public async Task<SwapPipelineOptions> RunAsync(ParseResult parsed, SwapPipelineOptions swap, ScratchFolder folder)
    {
        string gazeWeights = ModelStore.Open(swap.ModelsFolder).Resolve(ModelRole.GazeLoss);
        try
        {
            PairFaces faces = await ProgressDisplay.ShowAsync(
                terminal,
                TimeProvider.System,
                "extracting",
                progress => PairFacesPipeline.RunAsync(swap, folder["faces"], new ExtractWords(progress), interruption.Stop, interruption.Abort)).ConfigureAwait(false);
            SwapAdaptationOptions options = new(faces.Generator, faces.Person, faces.Target, folder[Path.GetFileNameWithoutExtension(faces.Generator) + ".adapted.onnx"])
            {
                Landmarks = faces.Landmarks,
                GazeWeights = gazeWeights,
                Steps = parsed.GetValue(Steps) ?? SwapAdaptationOptions.DefaultSteps,
                Seed = Seed,
                Threads = swap.Threads,
            };
            GeneratorExport adapted = await ProgressDisplay.ShowAsync(
                terminal,
                TimeProvider.System,
                "adapting",
                progress => Task.Run(() => SwapAdaptation.Run(options, new TrainingWords(progress, terminal), interruption.Stop))).ConfigureAwait(false);
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{faces.Model.File} was fine-tuned for this pair in {adapted.Steps} steps."));
            return swap with { Choices = swap.Choices with { Generator = adapted.Path }, Adaptation = new(faces.Model, adapted.Steps, Seed) };
        }
        catch (OperationCanceledException) when (interruption.Stop.IsCancellationRequested)
        {
            throw new UserFacingException(FailureKind.Cancelled, "stopped before the video was touched; nothing was written.");
        }
    }

    private static Option<int?> CreateOption()
    {
        Option<int?> option = new("--adapt")
        {
            Description = string.Create(
                CultureInfo.InvariantCulture,
                $"First fine-tune the one-shot generator for these two people, on the photos and up to {PairFacesPipeline.MostFrames} frames of the video; without a number {SwapAdaptationOptions.DefaultSteps} steps, some minutes."),
            HelpName = "[STEPS]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int steps) && steps is < 1 or > 1_000_000)
            {
                result.AddError($"--adapt must lie between 1 and 1000000, not at {steps}.");
            }
        });
        return option;
    }
}
