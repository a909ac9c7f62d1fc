using System.Security.Cryptography;
using System.Text.Json;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>videogaze process</c> on real frames, as a process of its own.</summary>
[Collection(Tool.OneAtATime)]
public sealed class ProcessTests(Material material)
{
    [Fact]
    public async Task A_swap_gives_video_report_and_sidecar_and_says_so_in_one_document()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();

        ToolResult result = await Tool.RunAsync(
            "process", material.Talk, "--identity", material.Identity, "-o", folder["out.mp4"], "--report", folder["out.ndjson"], "--preset", "ultrafast", "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(["out.mp4", "out.ndjson", "out.provenance.json"], folder.Names);
        using JsonDocument document = JsonDocument.Parse(result.Out);
        JsonElement root = document.RootElement;
        Assert.Equal(Material.TalkFrames, root.GetProperty("frames").GetInt32());
        Assert.Equal(Material.TalkFrames, root.GetProperty("facesReplaced").GetInt32());
        Assert.Equal("cpu", root.GetProperty("provider").GetString());
        Assert.True(root.GetProperty("gaze").GetProperty("error").GetProperty("mean").GetDouble() < 10, result.Out);
        Assert.Equal(Material.TalkFrames, await Tool.CountFramesAsync(folder["out.mp4"]));
        Assert.Contains("marked as synthetic", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Fact]
    public async Task The_sidecar_and_the_container_say_that_the_video_is_synthetic()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();

        ToolResult result = await Tool.RunAsync("process", material.Talk, "--identity", material.Identity, "-o", folder["out.mp4"], "--no-gaze", "--preset", "ultrafast");

        Assert.True(result.ExitCode == 0, result.ToString());
        const string Uri = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";
        Assert.Equal(Uri, await Tool.ProbeAsync(folder["out.mp4"], "format_tags=DigitalSourceType"));
        using JsonDocument sidecar = JsonDocument.Parse(await File.ReadAllTextAsync(folder["out.provenance.json"], TestContext.Current.CancellationToken));
        JsonElement root = sidecar.RootElement;
        Assert.Equal(Uri, root.GetProperty("digitalSourceType").GetString());
        Assert.Equal(Hash(folder["out.mp4"]), root.GetProperty("output").GetProperty("sha256").GetString());
        Assert.Equal(Hash(material.Talk), root.GetProperty("input").GetProperty("sha256").GetString());
        string generator = Hash(Path.Combine(material.Identity, "generator.onnx"));
        Assert.Contains(root.GetProperty("models").EnumerateArray(), model => model.GetProperty("sha256").GetString() == generator);
        Assert.Equal("ultrafast", root.GetProperty("options").GetProperty("preset").GetString());
        Assert.DoesNotContain(folder.Path, root.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_on_standard_output_is_nothing_but_lines_of_json()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();

        ToolResult result = await Tool.RunAsync("process", material.Talk, "--identity", material.Identity, "-o", folder["out.mp4"], "--report", "-", "--preset", "ultrafast", "--no-provenance");

        Assert.True(result.ExitCode == 0, result.ToString());
        string[] lines = result.Out.Split('\n');
        Assert.Empty(lines[^1]);
        List<string> types = [];
        foreach (string line in lines[..^1])
        {
            using JsonDocument record = JsonDocument.Parse(line);
            types.Add(record.RootElement.GetProperty("type").GetString()!);
            if (types.Count == 1)
            {
                Assert.False(record.RootElement.GetProperty("provenance").GetBoolean());
            }
        }

        Assert.Equal(["header", .. Enumerable.Repeat("frame", Material.TalkFrames), "summary"], types);
    }

    [Fact]
    public async Task Without_provenance_neither_sidecar_nor_tag_is_written()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();

        ToolResult result = await Tool.RunAsync("process", material.Talk, "--identity", material.Identity, "-o", folder["out.mp4"], "--no-gaze", "--no-provenance", "--preset", "ultrafast");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(["out.mp4"], folder.Names);
        Assert.Empty(await Tool.ProbeAsync(folder["out.mp4"], "format_tags=DigitalSourceType"));
        Assert.Contains("not marked", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_output_s_name_is_made_from_the_input_s_and_never_overwritten_unasked()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        File.Copy(material.Talk, folder["a.mp4"]);
        string[] arguments = ["process", folder["a.mp4"], "--identity", material.Identity, "--no-gaze", "--preset", "ultrafast"];

        ToolResult first = await Tool.RunAsync(arguments);
        string made = Hash(folder["a.swapped.mp4"]);
        ToolResult second = await Tool.RunAsync(arguments);

        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Equal(10, second.ExitCode);
        Assert.Contains("--overwrite", second.Error, StringComparison.Ordinal);
        Assert.Equal(made, Hash(folder["a.swapped.mp4"]));
        Assert.Equal(["a.mp4", "a.swapped.mp4", "a.swapped.provenance.json"], folder.Names);
    }

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
