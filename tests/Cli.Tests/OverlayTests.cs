using System.Text.Json;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>--overlay</c> of the commands that have a report. What is drawn is tested in Stages.Tests.</summary>
[Collection(Tool.OneAtATime)]
public sealed class OverlayTests(Material material)
{
    [Fact]
    public async Task A_swap_s_overlay_has_the_swap_s_frames_and_times_and_is_marked_as_it_is()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        ToolResult result = await Tool.RunAsync("process", material.Talk, "--identity", material.Identity, "-o", folder["out.mp4"], "--overlay", folder["overlay.mp4"], "--preset", "ultrafast");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(["out.mp4", "out.provenance.json", "overlay.mp4", "overlay.provenance.json"], folder.Names);
        Assert.Contains("overlay.mp4: 12 frames with gaze and error drawn into 12.", result.Error, StringComparison.Ordinal);
        Assert.Equal(await TimesAsync(folder["out.mp4"]), await TimesAsync(folder["overlay.mp4"]));
        Assert.Contains("compositeWithTrainedAlgorithmicMedia", await Tool.ProbeAsync(folder["overlay.mp4"], "format_tags"), StringComparison.Ordinal);
        using JsonDocument sidecar = JsonDocument.Parse(await File.ReadAllBytesAsync(folder["overlay.provenance.json"], TestContext.Current.CancellationToken));
        Assert.Equal("overlay.mp4", sidecar.RootElement.GetProperty("output").GetProperty("file").GetString());
    }

    [Fact]
    public async Task A_measurement_s_overlay_can_be_made_again_from_its_report()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        ToolResult measured = await Tool.RunAsync("measure", material.Talk, material.Talk, "--report", folder["r.ndjson"], "--overlay", folder["a.mp4"]);
        ToolResult again = await Tool.RunAsync("report", folder["r.ndjson"], "--overlay", folder["b.mp4"]);
        ToolResult refused = await Tool.RunAsync("report", folder["r.ndjson"], "--overlay", folder["b.mp4"]);

        Assert.True(measured.ExitCode == 0, measured.ToString());
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Equal(await File.ReadAllBytesAsync(folder["a.mp4"], TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(folder["b.mp4"], TestContext.Current.CancellationToken));
        Assert.Equal(await TimesAsync(material.Talk), await TimesAsync(folder["a.mp4"]));
        Assert.Equal(10, refused.ExitCode);
    }

    [Theory]
    [InlineData("process in.mp4 --identity B --overlay o.mp4 --no-gaze", "nothing to show", 2)]
    [InlineData("process in.mp4 --identity B --overlay o.mp4 --report -", "write that to a file", 2)]
    [InlineData("measure a.mp4 b.mp4 --overlay o.mp4 --report -", "write that to a file", 2)]
    [InlineData("process in.mp4 --identity B -o o.mp4 --overlay o.mp4", "a file of the run itself", 2)]
    [InlineData("measure a.mp4 b.mp4 --overlay b.mp4", "a file of the run itself", 2)]
    public async Task What_cannot_be_drawn_is_refused_before_the_run(string line, string words, int code)
    {
        ToolResult result = await RecordingTerminal.RunAsync(line.Split(' '));

        Assert.Equal(code, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overlay_that_is_there_is_not_found_out_after_the_run_but_before()
    {
        using TemporaryFolder folder = new();
        string overlay = folder.Write("o.mp4", [1]);
        ToolResult result = await RecordingTerminal.RunAsync("process", "in.mp4", "--identity", "B", "--overlay", overlay);

        Assert.Equal(10, result.ExitCode);
        Assert.Equal([1], await File.ReadAllBytesAsync(overlay, TestContext.Current.CancellationToken));
    }

    /// <summary>Presentation times, sorted: packets lie in the order in which they are decoded.</summary>
    private static async Task<IEnumerable<string>> TimesAsync(string video) =>
        (await Tool.ProbeAsync(video, "packet=pts_time", "-select_streams", "v:0")).Split('\n').Order(StringComparer.Ordinal);
}
