using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Page;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze measure</c>: how well gaze is kept between any two videos, whatever tool made them.</summary>
internal sealed class MeasureCommand : GazeCommand
{
    private readonly Argument<string> first = new("A") { Description = "The video whose gaze is to be kept; with --truth the video to measure." };
    private readonly Argument<string?> second = new("B") { Description = "The video to measure; left out with --truth.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> truth = new("--truth")
    {
        Description = "Truth file of a rendered clip (NAME.truth.ndjson) that takes the place of a first video.",
        HelpName = "FILE",
    };

    private readonly Option<string?> report = new("--report")
    {
        Description = "Write the gaze of every frame in both as NDJSON to a file, or with - to standard output.",
        HelpName = "FILE|-",
    };

    private readonly PagePart page;
    private readonly ModelOptions models = new();
    private readonly Option<double?> start = TimeOption.Create("--start", "Where to begin.");
    private readonly Option<double?> end = TimeOption.Create("--end", "Where to end, not included.");
    private readonly GateOptions gate = new();
    private readonly Option<bool> overwrite = SharedOptions.Overwrite();
    private readonly Option<bool> allowDamaged = SharedOptions.AllowDamaged();
    private readonly Option<bool> json = SharedOptions.Json();

    public MeasureCommand(UserTerminal terminal, Interruption interruption)
        : base("measure", "Measures how far the eyes in a second video look from where they look in a first.", terminal, interruption)
    {
        page = new(terminal, interruption);
        Add(first);
        Add(second);
        SharedOptions.AddAll(this, truth, report, page.Html, page.NoPictures);
        models.AddTo(this);
        SharedOptions.AddAll(this, [start, end, .. gate.All, overwrite, allowDamaged, json]);
        Validators.Add(result =>
        {
            if ((result.GetValue(second) is null) == (result.GetValue(truth) is null))
            {
                result.AddError("Give two videos, or one video and --truth FILE.");
            }

            if (result.GetValue(report) is "-" && result.GetValue(json))
            {
                result.AddError("--report - and --json both need standard output; write the report to a file.");
            }

            if (result.GetValue(report) is "-" && result.GetValue(page.Html) is not null)
            {
                result.AddError("--html is made from the report: write that to a file or leave --report out.");
            }
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("An original and its swap, made by any tool", "measure talk.mp4 talk.swapped.mp4"),
        new("The same with every frame in a file", "measure talk.mp4 talk.swapped.mp4 --report talk.gaze.ndjson"),
        new("The same as a page to look at", "measure talk.mp4 talk.swapped.mp4 --html talk.gaze.html"),
        new("In continuous integration: exit code 18 where one frame in twenty is off by more than 8 degrees, the verdict as JSON", "measure talk.mp4 talk.swapped.mp4 --max-p95 8 --no-findings --json"),
        new("A rendered clip against its exact truth: the estimator's own error", "measure sample-videos/talk.mp4 --truth sample-videos/talk.truth.ndjson"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        string? reportTo = parsed.GetValue(report);
        string? other = parsed.GetValue(second);
        bool replace = parsed.GetValue(overwrite);
        page.CheckFree(parsed, replace);
        using ScratchFolder? temporary = parsed.GetValue(page.Html) is not null && reportTo is null ? new() : null;
        MeasurePipelineOptions options = new()
        {
            Source = other is null ? null : parsed.GetRequiredValue(first),
            Output = other ?? parsed.GetRequiredValue(first),
            Truth = parsed.GetValue(truth),
            ModelsFolder = models.Folder(parsed),
            Choices = models.Choices(parsed),
            Decode = new(new(parsed.GetValue(start), parsed.GetValue(end)), parsed.GetValue(allowDamaged)),
            ReportPath = temporary?.Report ?? (reportTo is "-" ? null : reportTo),
            ReportStream = reportTo is "-" ? Terminal.OpenDataStream() : null,
            Overwrite = replace,
        };
        MeasureResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "measuring",
            progress => MeasurePipeline.RunAsync(options, new Words(progress), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);

        foreach (string note in result.Notes)
        {
            Terminal.Say("note: " + note.TrimEnd('.') + ".");
        }

        foreach (string line in GazeWords.Of(result.Gaze))
        {
            Terminal.Say(line);
        }

        await page.WriteAsync(parsed, () => GazeReport.Read(options.ReportPath!), _ => new PageVideos(options.Source, options.Output, []), replace).ConfigureAwait(false);
        GazeVerdict? verdict = gate.Judge(parsed, result.Gaze);
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(MeasureDocument.Of(temporary is null ? options : options with { ReportPath = null }, result, verdict).ToJson());
        }

        int gated = GateOptions.Tell(Terminal, verdict);
        return result.StoppedEarly ? (int)FailureKind.Cancelled : gated;
    }

    private sealed class Words(IProgress<RunProgress> display) : IProgress<MeasureProgress>
    {
        public void Report(MeasureProgress value) => display.Report(new(value.Frames, value.FramesExpected, "frame", GazeWords.Current(value.GazeErrorDegrees)));
    }
}
