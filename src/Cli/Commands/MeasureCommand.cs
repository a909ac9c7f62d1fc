using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Live;
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
    private readonly LivePart live;
    private readonly OverlayPart overlay;
    private readonly ModelOptions models = new();
    private readonly Option<string?> otherEstimator = TrustOptions.Second();
    private readonly Option<bool> noFloor = TrustOptions.NoFloor();
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
        live = new(terminal);
        overlay = new(terminal, interruption);
        Add(first);
        Add(second);
        SharedOptions.AddAll(this, truth, report, page.Html, page.NoPictures, live.Live, live.Host, overlay.Overlay);
        models.AddTo(this);
        SharedOptions.AddAll(this, [otherEstimator, noFloor, start, end, .. gate.All, overwrite, allowDamaged, json]);
        Validators.Add(live.Check);
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

            foreach ((Option option, string name) in (ReadOnlySpan<(Option, string)>)[(page.Html, "--html"), (overlay.Overlay, "--overlay")])
            {
                if (result.GetValue(report) is "-" && result.GetResult(option) is not null)
                {
                    result.AddError($"{name} is made from the report: write that to a file or leave --report out.");
                }
            }
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("An original and its swap, made by any tool", "measure talk.mp4 talk.swapped.mp4"),
        new("The same with every frame in a file", "measure talk.mp4 talk.swapped.mp4 --report talk.gaze.ndjson"),
        new("The same as a page to look at", "measure talk.mp4 talk.swapped.mp4 --html talk.gaze.html"),
        new("The second video once more with both gazes and the error drawn into its frames", "measure talk.mp4 talk.swapped.mp4 --overlay talk.overlay.mp4"),
        new("With a second gaze network's opinion", "measure talk.mp4 talk.swapped.mp4 --second gaze-estimation-adas-0002_fp32.onnx"),
        new("In continuous integration: exit code 18 where one frame in twenty is off by more than 8 degrees, the verdict as JSON", "measure talk.mp4 talk.swapped.mp4 --max-p95 8 --no-findings --json"),
        new("A rendered clip against its exact truth: the estimator's own error", "measure sample-videos/talk.mp4 --truth sample-videos/talk.truth.ndjson"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed) => live.WatchAsync(parsed, feed => RunAsync(parsed, feed));

    private async Task<int> RunAsync(ParseResult parsed, LiveFeed? feed)
    {
        string? reportTo = parsed.GetValue(report);
        string? other = parsed.GetValue(second);
        bool replace = parsed.GetValue(overwrite);
        page.CheckFree(parsed, replace);
        overlay.CheckFree(parsed, replace, parsed.GetRequiredValue(first), other);
        bool needsReport = parsed.GetValue(page.Html) is not null || parsed.GetValue(overlay.Overlay) is not null;
        using ScratchFolder? temporary = needsReport && reportTo is null ? new() : null;
        MeasurePipelineOptions options = new()
        {
            Source = other is null ? null : parsed.GetRequiredValue(first),
            Output = other ?? parsed.GetRequiredValue(first),
            Truth = parsed.GetValue(truth),
            ModelsFolder = models.Folder(parsed),
            Choices = models.Choices(parsed),
            Gaze = new() { Second = parsed.GetValue(otherEstimator) },
            Floor = !parsed.GetValue(noFloor),
            Decode = new(new(parsed.GetValue(start), parsed.GetValue(end)), parsed.GetValue(allowDamaged)),
            ReportPath = temporary?.Report ?? (reportTo is "-" ? null : reportTo),
            ReportStream = reportTo is "-" ? Terminal.OpenDataStream() : null,
            Live = feed,
            Overwrite = replace,
        };
        MeasureResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "measuring",
            progress => MeasurePipeline.RunAsync(options, new Words(progress), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);

        feed?.Say(page.SayPending(parsed));
        foreach (string note in result.Notes)
        {
            Terminal.Say("note: " + note.TrimEnd('.') + ".");
        }

        foreach (string line in GazeWords.Of(result.Gaze))
        {
            Terminal.Say(line);
        }

        await page.WriteAsync(parsed, () => GazeReport.Read(options.ReportPath!), _ => new PageVideos(options.Source, options.Output, []), replace).ConfigureAwait(false);
        OverlayResult? drawn = await overlay.WriteAsync(
            parsed,
            path => new() { Report = options.ReportPath!, Video = options.Output, Source = options.Source, Output = path, Decode = options.Decode, Encode = OverlayPart.Encode(replace) }).ConfigureAwait(false);
        feed?.End(page.SayEnd(parsed, result.Gaze.Frames, result.StoppedEarly));
        GazeVerdict? verdict = gate.Judge(parsed, result.Gaze);
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(MeasureDocument.Of(temporary is null ? options : options with { ReportPath = null }, result, verdict).ToJson());
        }

        int gated = GateOptions.Tell(Terminal, verdict);
        return result.StoppedEarly || drawn is { StoppedEarly: true } ? (int)FailureKind.Cancelled : gated;
    }

    private sealed class Words(IProgress<RunProgress> display) : IProgress<MeasureProgress>
    {
        public void Report(MeasureProgress value) => display.Report(new(value.Frames, value.FramesExpected, "frame", GazeWords.Current(value.GazeErrorDegrees)));
    }
}
