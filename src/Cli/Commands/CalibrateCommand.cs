using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages;
using VideoGaze.Stages.Calibrate;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze calibrate</c>: how far off each gaze estimator is where the gaze is known.</summary>
internal sealed class CalibrateCommand : GazeCommand
{
    private readonly Argument<string[]> sets = new("SET")
    {
        Description = "Label files of pictures (labels.ndjson) and truth files of clips (NAME.truth.ndjson), the pictures and clips beside them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> estimators = new("--estimator")
    {
        Description = "Another gaze network to calibrate beside the models folder's own; may be given several times.",
        HelpName = "FILE",
    };

    private readonly Option<int> every = SharedOptions.Number("--every", "Take every N-th frame of a clip.", "N", 5, 1, 100_000);
    private readonly ModelOptions models = new();
    private readonly Option<bool> json = SharedOptions.Json();

    public CalibrateCommand(UserTerminal terminal, Interruption interruption)
        : base("calibrate", "Measures the error of every gaze estimator on rendered people whose gaze is known.", terminal, interruption)
    {
        Add(sets);
        SharedOptions.AddAll(this, estimators, every);
        models.AddTo(this);
        SharedOptions.AddAll(this, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("The sample clips", "calibrate sample-videos/talk.truth.ndjson sample-videos/two.truth.ndjson sample-videos/edges.truth.ndjson"),
        new("Labelled pictures, and a network of one's own beside the default", "calibrate labels-heldout.ndjson --estimator l2cs.onnx"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        CalibratePipelineOptions options = new()
        {
            Sets = parsed.GetRequiredValue(sets),
            Estimators = parsed.GetValue(estimators) ?? [],
            Every = parsed.GetValue(every),
            ModelsFolder = models.Folder(parsed),
            Choices = models.Choices(parsed),
        };
        CalibrateResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "calibrating",
            progress => CalibratePipeline.RunAsync(options, new Words(progress), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(CalibrateDocument.Of(result).ToJson());
        }
        else
        {
            Terminal.Out.Write(CalibrationTable.ToMarkdown(result.Rows));
        }

        return result.StoppedEarly ? (int)FailureKind.Cancelled : 0;
    }

    private sealed class Words(IProgress<RunProgress> display) : IProgress<long>
    {
        public void Report(long value) => display.Report(new(value, null, "picture", string.Empty));
    }
}
