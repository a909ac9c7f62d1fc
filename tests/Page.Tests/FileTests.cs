using System.Text.RegularExpressions;
using VideoGaze.Page.Tests.Support;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Page;
using VideoGaze.TestSupport;

namespace VideoGaze.Page.Tests;

/// <summary>The page as a file, without a browser.</summary>
public sealed partial class FileTests
{
    [Fact]
    public async Task A_page_is_one_file_that_may_fetch_nothing()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<string> notes = await SamplePage.WriteAsync(SamplePage.Report(), folder["page.html"]);
        string page = await File.ReadAllTextAsync(folder["page.html"], TestContext.Current.CancellationToken);

        Assert.Empty(notes);
        Assert.Equal(["page.html"], folder.Names);
        Assert.Contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'sha256-", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Fetches(), page);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 300_000, 3_000_000);
    }

    [Fact]
    public async Task Videos_that_are_gone_leave_a_page_that_says_so()
    {
        using TemporaryFolder folder = new();
        GazeReport report = SamplePage.Report("gone.mp4", "gone.swapped.mp4");
        PageVideos videos = PageVideos.Find(report.Header, folder.Path);
        IReadOnlyList<string> notes;
        await using (FileStream file = File.Create(folder["page.html"]))
        {
            notes = await GazePage.WriteAsync(report, videos, file, null, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["The source gone.mp4 was not found.", "The output gone.swapped.mp4 was not found."], notes);
        Assert.Contains("The output gone.swapped.mp4 was not found.", await File.ReadAllTextAsync(folder["page.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_video_that_cannot_be_read_costs_its_pictures_only()
    {
        using TemporaryFolder folder = new();
        string broken = folder.Write("broken.mp4", [1, 2, 3]);
        await using var page = new MemoryStream();
        IReadOnlyList<string> notes = await GazePage.WriteAsync(SamplePage.Report(), new PageVideos(SharedAssets.Sample("two.mp4"), broken, []), page, null, TestContext.Current.CancellationToken);

        Assert.Contains("broken.mp4", Assert.Single(notes), StringComparison.Ordinal);
        Assert.Contains("\"hasSource\":true,\"hasOutput\":false", System.Text.Encoding.UTF8.GetString(page.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Videos_are_found_as_named_beside_the_report_and_never_in_place_of_truth()
    {
        using TemporaryFolder folder = new();
        string clip = folder.Write("a.mp4", []);
        GazeReportHeader header = SamplePage.Report("elsewhere/a.mp4", clip).Header;

        Assert.Equal(clip, PageVideos.Find(header, folder.Path).Source);
        Assert.Equal(clip, PageVideos.Find(header).Output);
        Assert.Single(PageVideos.Find(header).Missing);
        PageVideos truth = PageVideos.Find(header with { Source = "a.truth.ndjson" }, folder.Path);
        Assert.Null(truth.Source);
        Assert.Empty(truth.Missing);
    }

    // Anything that would make a browser ask for something that is not inside.
    [GeneratedRegex("""(src|href)="(?!data:|#)|url\(|@import|https?://(?!cv\.iptc)|fetch\(|XMLHttpRequest|import\(""")]
    private static partial Regex Fetches();
}
