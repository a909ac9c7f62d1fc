using System.Globalization;
using System.Text;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary>What happens to a run that is not left alone: Ctrl+C once and twice, SIGTERM, ffmpeg killed. Signals go to the whole process group, as a terminal sends them.</summary>
[Collection(Tool.OneAtATime)]
[Trait("Category", "Slow")]
public sealed class InterruptionTests(Material material)
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task The_first_signal_finishes_what_was_read_into_a_shorter_valid_file(string signal)
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        string report = folder["out.ndjson"];

        ToolResult result = await Tool.RunInGroupAsync(Arguments(folder), async running =>
        {
            await running.UntilAsync(() => Lines(report + ".partial") > 5, "it reported five frames");
            await SignalGroupAsync(running.Id, signal);
        });

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Equal(["out.mp4", "out.ndjson", "out.provenance.json"], folder.Names);
        int frames = await Tool.CountFramesAsync(folder["out.mp4"]);
        Assert.InRange(frames, 5, 299);

        // Header and summary are the two lines that are no frames.
        Assert.Equal(frames, Lines(report) - 2);
        Assert.Contains($"the first {frames} frames", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_signal_gives_up_and_leaves_nothing()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();

        ToolResult result = await Tool.RunInGroupAsync(Arguments(folder), async running =>
        {
            await running.UntilAsync(() => Lines(folder["out.ndjson.partial"]) > 2, "it reported two frames");
            await SignalGroupAsync(running.Id, "INT");
            await running.UntilAsync(() => running.ErrorSoFar().Contains("Ctrl+C again", StringComparison.Ordinal), "it answered the first signal");
            await SignalGroupAsync(running.Id, "INT");
        });

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task A_killed_ffmpeg_is_named_and_nothing_is_left()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();

        ToolResult result = await Tool.RunInGroupAsync(Arguments(folder), async running =>
        {
            int encoder = 0;
            await running.UntilAsync(() => (encoder = ProcessWriting(folder["out.partial.mp4"])) != 0, "it started to encode");
            await Tool.RunProgramAsync("kill", ["-KILL", encoder.ToString(CultureInfo.InvariantCulture)]);
        });

        Assert.True(result.ExitCode == 13, result.ToString());
        Assert.Contains("killed", result.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    /// <summary>Ten seconds at full size: long enough to be caught in the middle on any machine.</summary>
    private string[] Arguments(TemporaryFolder folder) =>
        ["process", SharedAssets.Sample("talk.mp4"), "--identity", material.Identity, "-o", folder["out.mp4"], "--report", folder["out.ndjson"], "--preset", "ultrafast"];

    private static int Lines(string file)
    {
        if (!File.Exists(file))
        {
            return 0;
        }

        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Count(character => character == '\n');
    }

    private static async Task SignalGroupAsync(int leader, string signal)
    {
        ToolResult kill = await Tool.RunProgramAsync("kill", ["-" + signal, "--", "-" + leader.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(kill.ExitCode == 0, kill.ToString());
    }

    /// <summary>Number of the ffmpeg that writes a file; 0 while there is none.</summary>
    private static int ProcessWriting(string file) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0)
        .FirstOrDefault(id => CommandLine(id) is ['f' or '/', ..] line && line.Split('\0')[0].EndsWith("ffmpeg", StringComparison.Ordinal) && line.Contains(file, StringComparison.Ordinal));

    private static string CommandLine(int process)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process}/cmdline"));
        }
        catch (IOException)
        {
            // It ended while we looked.
            return string.Empty;
        }
    }
}
