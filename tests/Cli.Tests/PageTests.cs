using VideoGaze.Cli.Tests.Support;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>--html</c> of the commands that have a report. What the page does in a browser is tested in Page.Tests.</summary>
[Collection(Tool.OneAtATime)]
public sealed class PageTests(Material material)
{
    [Fact]
    public async Task A_swap_gives_a_page_with_pictures_and_leaves_no_report_that_nobody_asked_for()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();

        ToolResult result = await Tool.RunAsync(
            "process", material.Talk, "--identity", material.Identity, "-o", folder["out.mp4"], "--html", folder["page.html"], "--preset", "ultrafast", "--no-provenance", "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(["out.mp4", "page.html"], folder.Names);
        Assert.Contains("\"report\": null", result.Out, StringComparison.Ordinal);
        Assert.Contains("page.html: the report as a page", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("lacks pictures", result.Error, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(folder["page.html"], TestContext.Current.CancellationToken);
        Assert.Contains("\"hasSource\":true,\"hasOutput\":true", page, StringComparison.Ordinal);
        Assert.Contains("\"strip\":\"/9j/", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measurement_gives_report_and_page_and_the_report_gives_the_page_again()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();

        ToolResult measured = await Tool.RunAsync("measure", material.Talk, material.Talk, "--report", folder["r.ndjson"], "--html", folder["page.html"]);
        ToolResult again = await Tool.RunAsync("report", folder["r.ndjson"], "--html", folder["again.html"]);
        ToolResult refused = await Tool.RunAsync("report", folder["r.ndjson"], "--html", folder["again.html"]);

        Assert.True(measured.ExitCode == 0, measured.ToString());
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Equal(await File.ReadAllBytesAsync(folder["page.html"], TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(folder["again.html"], TestContext.Current.CancellationToken));
        Assert.Equal(10, refused.ExitCode);
    }

    [Theory]
    [InlineData("--no-gaze", "nothing to show")]
    [InlineData("--report -", "write that to a file")]
    public async Task What_a_page_cannot_be_made_of_is_refused_before_the_run(string options, string words)
    {
        ToolResult result = await RecordingTerminal.RunAsync(["process", "in.mp4", "--identity", "B", "--html", "page.html", .. options.Split(' ')]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_there_is_not_found_out_after_the_run_but_before()
    {
        using TemporaryFolder folder = new();
        string page = folder.Write("page.html", [1]);

        ToolResult result = await RecordingTerminal.RunAsync("process", "in.mp4", "--identity", "B", "--html", page);

        Assert.Equal(10, result.ExitCode);
        Assert.Equal([1], await File.ReadAllBytesAsync(page, TestContext.Current.CancellationToken));
    }
}
