using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Page;
using VideoGaze.Stages.Report.Tables;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze report</c>: a gaze report that is there already, summed up, analysed and turned into tables. No video and no network is needed.</summary>
internal sealed class ReportCommand : GazeCommand
{
    private readonly Argument<string> file = new("REPORT") { Description = "Gaze report (NDJSON) that process or measure wrote, whole or cut off." };
    private readonly Option<string?> csv = new("--csv") { Description = "Write a table of every face in every frame as CSV to a file, or with - to standard output.", HelpName = "FILE|-" };
    private readonly Option<string?> parquet = new("--parquet") { Description = "Write the same table as Apache Parquet.", HelpName = "FILE" };
    private readonly Option<string?> videos = new("--videos")
    {
        Description = "Folder that holds the videos for page and overlay; without it they are looked for as named and beside the report.",
        HelpName = "DIR",
    };

    private readonly PagePart page;
    private readonly OverlayPart overlay;
    private readonly GateOptions gate = new();
    private readonly Option<bool> overwrite = SharedOptions.Overwrite();
    private readonly Option<bool> json = SharedOptions.Json();

    public ReportCommand(UserTerminal terminal, Interruption interruption)
        : base("report", "Sums up a gaze report, names what is wrong with the gaze, writes tables and a page to look at.", terminal, interruption)
    {
        page = new(terminal, interruption);
        overlay = new(terminal, interruption);
        Add(file);
        SharedOptions.AddAll(this, [csv, parquet, page.Html, page.NoPictures, overlay.Overlay, videos, .. gate.All, overwrite, json]);
        Validators.Add(result =>
        {
            if (result.GetValue(csv) is "-" && result.GetValue(json))
            {
                result.AddError("--csv - and --json both need standard output; write the table to a file.");
            }
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("What a report says, in words", "report talk.gaze.ndjson"),
        new("A page to look at, with pictures from the videos", "report talk.gaze.ndjson --html talk.gaze.html"),
        new("Gaze and error drawn into the video that was measured", "report talk.gaze.ndjson --overlay talk.overlay.mp4"),
        new("Tables for pandas, R or a spreadsheet", "report talk.gaze.ndjson --csv talk.gaze.csv --parquet talk.gaze.parquet"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(file);
        var report = GazeReport.Read(path);
        var tally = new GazeTally(report.Header);
        foreach (FrameGazeRecord frame in report.Frames)
        {
            tally.Add(frame);
        }

        GazeSummary summary = tally.Summarise();
        bool replace = parsed.GetValue(overwrite);
        PageVideos found = FindVideos(report);
        overlay.CheckFree(parsed, replace, path, found.Source, found.Output);
        if (parsed.GetValue(csv) is { } table)
        {
            if (table is "-")
            {
                GazeCsv.Write(report, Terminal.Out);
            }
            else
            {
                await WholeFile.WriteAsync(table, "table", "--csv", replace, async stream =>
                {
                    var writer = new StreamWriter(stream);
                    await using (writer.ConfigureAwait(false))
                    {
                        GazeCsv.Write(report, writer);
                    }
                }).ConfigureAwait(false);
            }
        }

        if (parsed.GetValue(parquet) is { } columns)
        {
            await WholeFile.WriteAsync(columns, "table", "--parquet", replace, stream => GazeParquet.WriteAsync(report, stream, Interruption.Abort)).ConfigureAwait(false);
        }

        await page.WriteAsync(parsed, () => report, _ => found, replace).ConfigureAwait(false);
        OverlayResult? drawn = await overlay.WriteAsync(parsed, target => new()
        {
            Report = path,
            Video = found.Output ?? throw new UserFacingException(FailureKind.InputMissing, $"The output that {path} names was not found: name its folder with --videos."),
            Source = found.Source,
            Output = target,
            Encode = OverlayPart.Encode(replace),
        }).ConfigureAwait(false);
        if (report.Summary is null)
        {
            Terminal.Say($"note: {path} was cut off; this is what it holds.");
        }

        foreach (string line in GazeWords.Of(summary))
        {
            Terminal.Say(line);
        }

        GazeVerdict? verdict = gate.Judge(parsed, summary);
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new ReportDocument("report", ToolVersion.Full, path, report.Header, summary, verdict).ToJson());
        }

        int gated = GateOptions.Tell(Terminal, verdict);
        return drawn is { StoppedEarly: true } ? (int)FailureKind.Cancelled : gated;

        PageVideos FindVideos(GazeReport shown) =>
            PageVideos.Find(shown.Header, parsed.GetValue(videos) is { } folder ? [folder] : [Path.GetDirectoryName(Path.GetFullPath(path))!]);
    }
}
