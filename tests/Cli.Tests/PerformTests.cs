using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.Faces.Failures;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>videogaze perform</c> as it is typed. Clips are small; what performers do is tested with the performers.</summary>
[Collection(Tool.OneAtATime)]
public sealed class PerformTests
{
    private static string Assets => SharedAssets.Require(Path.Combine("performers", "assets"));

    [Fact]
    public async Task A_clip_comes_with_its_truth_its_true_swap_and_its_mark()
    {
        using TemporaryFolder folder = new();
        string sound = folder["voice.wav"];
        await Tool.FfmpegAsync("-f", "lavfi", "-i", "sine=duration=0.2", sound);

        ToolResult result = await RecordingTerminal.RunAsync(
            "perform", "talk", "-o", folder["out.mp4"], "--assets", Assets, "--swap-truth", "B", "--size", "162x91", "--rate", "29.97", "--seconds", "0.3", "--sound", sound, "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(
            ["out.mp4", "out.provenance.json", "out.swapped-truth.mp4", "out.swapped-truth.provenance.json", "out.swapped-truth.truth.ndjson", "out.truth.ndjson", "voice.wav"],
            folder.Names);
        Assert.Equal(9, await Tool.CountFramesAsync(folder["out.mp4"]));
        Assert.Equal(9, await Tool.CountFramesAsync(folder["out.swapped-truth.mp4"]));
        Assert.Equal("30000/1001", await Tool.ProbeAsync(folder["out.mp4"], "stream=r_frame_rate", "-select_streams", "v:0"));
        Assert.Equal("aac", await Tool.ProbeAsync(folder["out.mp4"], "stream=codec_name", "-select_streams", "a:0"));
        Assert.Contains("compositeSynthetic", await Tool.ProbeAsync(folder["out.mp4"], "format_tags=DigitalSourceType"), StringComparison.Ordinal);
        Assert.Equal(9, File.ReadLines(folder["out.truth.ndjson"]).Count());
        Assert.Equal("B", PersonIn(File.ReadLines(folder["out.swapped-truth.truth.ndjson"]).First()).GetProperty("id").GetString());
        JsonElement document = JsonDocument.Parse(result.Out).RootElement;
        Assert.Equal(9, document.GetProperty("frames").GetInt32());
        Assert.Contains(folder["out.provenance.json"], document.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        JsonElement mark = MarkIn(folder["out.provenance.json"]), swappedMark = MarkIn(folder["out.swapped-truth.provenance.json"]);
        Assert.EndsWith("/compositeSynthetic", mark.GetProperty("digitalSourceType").GetString(), StringComparison.Ordinal);
        Assert.Equal(Sha256Of(folder["out.mp4"]), mark.GetProperty("output").GetProperty("sha256").GetString());
        Assert.Equal(Sha256Of(folder["out.truth.ndjson"]), mark.GetProperty("truth").GetProperty("sha256").GetString());
        Assert.Equal("voice.wav", mark.GetProperty("sound").GetProperty("file").GetString());
        Assert.Equal(("30000/1001", "162x91"), (mark.GetProperty("options").GetProperty("rate").GetString(), mark.GetProperty("options").GetProperty("size").GetString()));
        Assert.Equal((1, "A"), (mark.GetProperty("seed").GetInt32(), mark.GetProperty("people")[0].GetString()));
        Assert.Equal("B", swappedMark.GetProperty("people")[0].GetString());
        Assert.Equal(64, mark.GetProperty("assets").GetProperty("sha256").GetString()!.Length);
        Assert.DoesNotContain(folder.Path, mark.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_provenance_a_clip_has_neither_document_nor_tag()
    {
        using TemporaryFolder folder = new();
        ToolResult result = await RecordingTerminal.RunAsync(
            "perform", "talk", "-o", folder["out.mp4"], "--assets", Assets, "--size", "96x64", "--rate", "10", "--seconds", "0.2", "--no-provenance");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(["out.mp4", "out.truth.ndjson"], folder.Names);
        Assert.Empty(await Tool.ProbeAsync(folder["out.mp4"], "format_tags=DigitalSourceType"));
    }

    [Theory]
    [InlineData("There is no script", "dance", "-o", "out.mp4")]
    [InlineData("nobody called 'Z'", "talk", "-o", "out.mp4", "--cast", "Z")]
    [InlineData("one role", "talk", "-o", "out.mp4", "--cast", "A,B")]
    [InlineData("nobody called 'Q'", "talk", "-o", "out.mp4", "--swap-truth", "Q")]
    [InlineData("is no time", "talk", "-o", "out.mp4", "--seconds", "long")]
    [InlineData("--seconds must be", "talk", "-o", "out.mp4", "--seconds", "0")]
    [InlineData("no frame rate", "talk", "-o", "out.mp4", "--rate", "fast")]
    [InlineData("--size is WIDTHxHEIGHT", "talk", "-o", "out.mp4", "--size", "256")]
    [InlineData("Option '-o' is required", "talk")]
    [InlineData("Give a script", "-o", "out.mp4")]
    [InlineData("belongs to a clip", "--dataset", "5", "-o", "out", "--swap-truth", "B")]
    [InlineData("belongs to a clip", "--dataset", "5", "-o", "out", "--no-provenance")]
    [InlineData("goes with --dataset", "talk", "-o", "out.mp4", "--kind", "triplets")]
    public async Task A_command_line_that_makes_no_sense_is_explained(string words, params string[] arguments)
    {
        ToolResult result = await RecordingTerminal.RunAsync(["perform", .. arguments]);

        Assert.Equal((int)FailureKind.Usage, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_that_is_not_there_and_a_clip_that_is_are_said_at_once()
    {
        using TemporaryFolder folder = new();
        ToolResult missing = await RecordingTerminal.RunAsync("perform", "talk", "-o", folder["out.mp4"], "--assets", folder["nowhere"]);
        Assert.True(missing.ExitCode == (int)FailureKind.InputMissing, missing.ToString());
        Assert.Empty(folder.Names);

        folder.Write("out.truth.ndjson", [1]);
        ToolResult exists = await RecordingTerminal.RunAsync("perform", "talk", "-o", folder["out.mp4"], "--assets", folder["nowhere"]);
        Assert.True(exists.ExitCode == (int)FailureKind.OutputExists, exists.ToString());
        Assert.Equal(["out.truth.ndjson"], folder.Names);
    }

    [Fact]
    public async Task The_list_names_every_script()
    {
        ToolResult result = await RecordingTerminal.RunAsync("perform", "--list");
        Assert.Equal(0, result.ExitCode);
        Assert.All((string[])["talk", "two", "edges", "sweep", "profile", "lowlight", "random"], name => Assert.Contains("\n" + name, "\n" + result.Out, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Interrupted_it_ends_with_a_shorter_clip_and_as_many_lines_of_truth()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["perform", "talk", "-o", folder["out.mp4"], "--assets", Assets, "--size", "160x90", "--seconds", "600"];
        ToolResult result = await Tool.RunInGroupAsync(arguments, async running =>
        {
            await running.UntilAsync(() => new FileInfo(folder["out.truth.ndjson.partial"]) is { Exists: true, Length: > 0 }, "it wrote truth");
            ToolResult kill = await Tool.RunProgramAsync("kill", ["-INT", "--", string.Create(CultureInfo.InvariantCulture, $"-{running.Id}")]);
            Assert.True(kill.ExitCode == 0, kill.ToString());
        });

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Equal(["out.mp4", "out.provenance.json", "out.truth.ndjson"], folder.Names);
        Assert.Equal(await Tool.CountFramesAsync(folder["out.mp4"]), File.ReadLines(folder["out.truth.ndjson"]).Count());
    }

    private static JsonElement PersonIn(string line) => JsonDocument.Parse(line).RootElement.GetProperty("persons")[0].Clone();

    private static JsonElement MarkIn(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement.Clone();

    private static string Sha256Of(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
