using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze train frames</c>: whole pictures out of videos, with the faces a teacher sees on them, for the detector and identity recipes.</summary>
internal sealed class TrainFramesCommand : GazeCommand
{
    private readonly Argument<string[]> inputs = new("IN") { Description = "Videos, photos and folders of photos.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> output = new("--output", "-o") { Description = "Folder that becomes the frame set: pictures and frames.ndjson.", HelpName = "DIR", Required = true };
    private readonly Option<int> every = SharedOptions.Number("--every", "Take every N-th frame of a video.", "N", 5, 1, 100_000);
    private readonly Option<int> size = SharedOptions.Number("--size", "Longest side of the pictures kept and looked at.", "PIXELS", 640, 64, 4096);
    private readonly Option<string?> models = SharedOptions.Models();
    private readonly Option<bool> overwrite = SharedOptions.Overwrite();

    public TrainFramesCommand(UserTerminal terminal, Interruption interruption)
        : base("frames", "Takes whole pictures out of videos with the faces that the detector at hand sees on them: what train detector and train identity learn from.", terminal, interruption)
    {
        Add(inputs);
        SharedOptions.AddAll(this, output, every, size, models, overwrite);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Every tenth frame of two clips, labelled by the detector in a folder of models", "train frames street.mp4 talk.mp4 -o frames --every 10 --models public-models"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        FrameSetPipelineOptions options = new()
        {
            Inputs = parsed.GetRequiredValue(inputs),
            OutputFolder = parsed.GetRequiredValue(output),
            Every = parsed.GetValue(every),
            Size = parsed.GetValue(size),
            ModelsFolder = parsed.GetValue(models),
            Overwrite = parsed.GetValue(overwrite),
        };
        FrameSetResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "looking",
            progress => FrameSetPipeline.RunAsync(options, new ExtractWords(progress), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);
        Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Folder}: {result.Faces} faces on {result.Frames} pictures by {result.Detector}{(result.StoppedEarly ? ", stopped by request" : string.Empty)}."));
        return result.StoppedEarly ? (int)FailureKind.Cancelled : 0;
    }
}
