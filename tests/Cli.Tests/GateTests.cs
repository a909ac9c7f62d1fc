using System.Text.Json;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.Stages.Report;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>process --max-gaze-error</c> as it is typed. At a limit of 0 every face that is measured is above it.</summary>
[Collection(Tool.OneAtATime)]
public sealed class GateTests(Material material)
{
    [Fact]
    public async Task Fail_ends_with_its_own_code_and_leaves_nothing()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        ToolResult result = await RunAsync(folder, "fail", "--report", folder["r.ndjson"]);
        Assert.True(result.ExitCode == 20, result.ToString());
        Assert.Contains("Frame 0 ", result.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task Flag_marks_every_frame_and_changes_no_picture()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        ToolResult result = await RunAsync(folder, "flag", "--report", folder["r.ndjson"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        GazeReport report = GazeReport.Read(folder["r.ndjson"]);
        Assert.Equal(new FrameGate(0, GateAction.Flag), report.Header.Gate);
        Assert.All(report.Frames, frame => Assert.Equal(GateState.Flagged, frame.Faces[0].Gate!.State));
        Assert.Equal([[0, Material.TalkFrames - 1]], report.Summary!.Gate!.Frames);
        Assert.Contains("marked in the report: frames 0-11.", result.Error, StringComparison.Ordinal);

        using TemporaryFolder plain = new();
        Assert.Equal(0, (await Tool.RunAsync("process", material.Talk, "--identity", material.Identity, "-o", plain["out.mp4"], "--preset", "ultrafast")).ExitCode);
        Assert.Equal(await File.ReadAllBytesAsync(plain["out.mp4"], TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(folder["out.mp4"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fallback_changes_the_pictures_and_says_so_in_report_and_sidecar()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        ToolResult result = await RunAsync(folder, "fallback", "--report", folder["r.ndjson"], "--timing");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("leaked 0", result.Error, StringComparison.Ordinal);
        Assert.Contains("have the target's own eyes now", result.Error, StringComparison.Ordinal);
        GazeReport report = GazeReport.Read(folder["r.ndjson"]);
        Assert.All(report.Frames, frame => Assert.True(frame.Faces[0].Gate is { State: GateState.Repaired, Before: not null }));
        Assert.Equal(Material.TalkFrames, report.Summary!.Gate!.Repaired);
        Assert.Equal(Material.TalkFrames, await Tool.CountFramesAsync(folder["out.mp4"]));

        using JsonDocument sidecar = JsonDocument.Parse(await File.ReadAllTextAsync(folder["out.provenance.json"], TestContext.Current.CancellationToken));
        Assert.Equal("fallback", sidecar.RootElement.GetProperty("options").GetProperty("gate").GetString());
        JsonElement gate = sidecar.RootElement.GetProperty("gaze").GetProperty("gate");
        Assert.Equal("fallback", gate.GetProperty("action").GetString());
        Assert.Equal(Material.TalkFrames, gate.GetProperty("before").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task The_floor_of_the_footage_stands_beside_the_error_unless_it_is_not_wanted()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        ToolResult result = await RunAsync(folder, "flag", "--report", folder["r.ndjson"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        FootageFloor floor = GazeReport.Read(folder["r.ndjson"]).Header.FootageFloor!;
        Assert.Equal("libx264 crf 18 ultrafast", floor.Encoding);
        Assert.Equal(4, floor.Frames);
        Assert.NotNull(floor.Encoded);
        Assert.Contains("this footage unswapped: ", result.Error, StringComparison.Ordinal);

        ToolResult without = await RunAsync(folder, "flag", "--report", folder["n.ndjson"], "--no-floor", "--overwrite");
        Assert.True(without.ExitCode == 0, without.ToString());
        Assert.Null(GazeReport.Read(folder["n.ndjson"]).Header.FootageFloor);
        Assert.DoesNotContain("unswapped", without.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--gate fail", "needs a limit")]
    [InlineData("--max-gaze-error 200", "between 0 and 180")]
    [InlineData("--max-gaze-error 5 --no-gaze", "--no-gaze")]
    public async Task What_makes_no_sense_together_is_refused(string options, string words)
    {
        ToolResult result = await RecordingTerminal.RunAsync(["process", "a.mp4", "--identity", "b", .. options.Split(' ')]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    private Task<ToolResult> RunAsync(TemporaryFolder folder, string gate, params string[] more) => Tool.RunAsync(
        ["process", material.Talk, "--identity", material.Identity, "-o", folder["out.mp4"], "--preset", "ultrafast", "--max-gaze-error", "0", "--gate", gate, .. more]);
}
