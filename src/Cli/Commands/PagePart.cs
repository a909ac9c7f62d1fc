using System.CommandLine;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Page;

namespace VideoGaze.Cli.Commands;

/// <summary>The report as a page: what <c>--html</c> means in every command that has a report.</summary>
internal sealed class PagePart(UserTerminal terminal, Interruption interruption)
{
    /// <summary>Where the page goes.</summary>
    public Option<string?> Html { get; } = new("--html")
    {
        Description = "Write the report as one HTML page with pictures, plots and tables; it needs no network.",
        HelpName = "FILE",
    };

    /// <summary>A page without pictures.</summary>
    public Option<bool> NoPictures { get; } = new("--no-pictures") { Description = "Leave the pictures out of the page of --html." };

    /// <summary>Before a long run: whether the page may be written at all.</summary>
    /// <exception cref="UserFacingException">It exists.</exception>
    public void CheckFree(ParseResult parsed, bool overwrite)
    {
        if (parsed.GetValue(Html) is { } page && File.Exists(page) && !overwrite)
        {
            throw new UserFacingException(FailureKind.OutputExists, $"The page {page} exists: name another file or allow --overwrite.");
        }
    }

    /// <summary>Writes the page, if one was asked for.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="report">What it shows.</param>
    /// <param name="videos">Where its pictures come from.</param>
    /// <param name="overwrite">Whether a page that is there may be replaced.</param>
    public async Task WriteAsync(ParseResult parsed, Func<GazeReport> report, Func<GazeReport, PageVideos> videos, bool overwrite)
    {
        if (parsed.GetValue(Html) is not { } page)
        {
            return;
        }

        GazeReport shown = report();
        PageVideos pictures = parsed.GetValue(NoPictures) ? PageVideos.None : videos(shown);
        IReadOnlyList<string> notes = [];
        await WholeFile.WriteAsync(page, "page", "--html", overwrite, async stream => notes = await ProgressDisplay.ShowAsync(
            terminal,
            TimeProvider.System,
            "page",
            progress => GazePage.WriteAsync(shown, pictures, stream, new Words(progress), interruption.Abort)).ConfigureAwait(false)).ConfigureAwait(false);
        foreach (string note in parsed.GetValue(NoPictures) ? [] : notes)
        {
            terminal.Say($"note: the page lacks pictures: {note}");
        }

        terminal.Say($"{page}: the report as a page.");
    }

    /// <summary>For those who watch a run whose frames are done.</summary>
    public string SayPending(ParseResult parsed) => parsed.GetValue(Html) is null ? "All frames are measured." : "All frames are measured; the finished page is being made.";

    /// <summary>For those who watched a run that is over.</summary>
    public string SayEnd(ParseResult parsed, long frames, bool stoppedEarly)
    {
        string lasting = parsed.GetValue(Html) is { } file ? $"The finished page is {Path.GetFileName(file)}." : "A page that lasts was not asked for (--html).";
        return $"The run {(stoppedEarly ? "was stopped" : "has ended")} after {frames} frames. {lasting}";
    }

    private sealed class Words(IProgress<RunProgress> display) : IProgress<(long Done, long All)>
    {
        public void Report((long Done, long All) value) => display.Report(new(value.Done, value.All, "frame", string.Empty));
    }
}
