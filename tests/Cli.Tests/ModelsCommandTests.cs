using System.Text.Json;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.Faces.Failures;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>videogaze models</c> as a user runs it.</summary>
[Collection(Tool.OneAtATime)]
public sealed class ModelsCommandTests
{
    [Fact]
    public async Task The_list_says_where_each_model_lies_and_which_a_run_takes()
    {
        using TemporaryFolder own = new();
        own.Write("yunet_n_dynamic.onnx", [1]);
        own.Write("mobilefacenet_128.onnx", [1]);

        ToolResult result = await Tool.RunAsync("models", "list", "--models", own.Path, "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        using JsonDocument document = JsonDocument.Parse(result.Out);
        Dictionary<string, JsonElement> rows = document.RootElement.GetProperty("models").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        Assert.Equal(("--models", true), Place("yunet_n_dynamic"));
        Assert.Equal(("--models", true), Place("mobilefacenet_128"));
        Assert.Equal(("shipped", true), Place("gaze-loss"));
        Assert.Equal(("public", false), Place("hyperswap_1a_256"));
        Assert.Equal("not known", rows["mobilefacenet_128"].GetProperty("licence").GetString());

        (string?, bool) Place(string name) => (rows[name].GetProperty("source").GetString(), rows[name].GetProperty("isDefault").GetBoolean());
    }

    [Fact]
    public async Task The_list_is_a_table_with_a_row_a_model()
    {
        ToolResult result = await Tool.RunAsync("models", "list");
        string[] lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["name", "role", "source", "MB", "licence", "file"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(lines, line => line.StartsWith("*  gaze-loss ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_passes_what_ships_and_names_a_file_that_is_another()
    {
        using TemporaryFolder own = new();
        ToolResult sound = await Tool.RunAsync("models", "verify");
        Assert.True(sound.ExitCode == 0, sound.ToString());

        string wrong = own.Write("open-closed-eye-0001.onnx", [1, 2, 3]);
        ToolResult result = await Tool.RunAsync("models", "verify", "--models", own.Path);

        Assert.True(result.ExitCode == (int)FailureKind.ModelMismatch, result.ToString());
        Assert.Contains($"different  {wrong}", result.Out, StringComparison.Ordinal);
        Assert.Contains(wrong, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_tells_the_licence_before_it_tries_and_ends_with_one_sentence_where_there_is_no_network()
    {
        using TemporaryFolder own = new();
        ToolResult result = await Tool.RunProgramAsync(
            "dotnet", [Tool.Assembly, "models", "pull", "hyperswap_1a_256", "--to", own.Path], null, ("HTTPS_PROXY", "http://127.0.0.1:1"), ("https_proxy", "http://127.0.0.1:1"));

        Assert.True(result.ExitCode == (int)FailureKind.DownloadFailed, result.ToString());
        string[] lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("FaceFusion ResearchRAIL: For research only", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^videogaze: .+\.$", lines[1]);
        Assert.Empty(own.Names);
    }

    [Theory]
    [InlineData("nonsense", "yunet_n_dynamic")]
    [InlineData("gaze-loss", "ships with the program")]
    public async Task Pull_knows_public_models_only(string name, string words)
    {
        ToolResult result = await Tool.RunAsync("models", "pull", name);
        Assert.Equal((int)FailureKind.Usage, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detector_can_be_chosen_by_file_and_the_report_names_it()
    {
        string detector = SharedAssets.Model("face_detection_yunet_2023mar.onnx");
        ToolResult result = await Tool.RunAsync(
            "measure", SharedAssets.Sample("talk.mp4"), "--truth", SharedAssets.Sample("talk.truth.ndjson"), "--end", "0.1", "--detector", detector, "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("face_detection_yunet_2023mar.onnx", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("yunet_n_dynamic.onnx", result.Out, StringComparison.Ordinal);

        ToolResult unknown = await Tool.RunAsync("measure", SharedAssets.Sample("talk.mp4"), SharedAssets.Sample("talk.mp4"), "--detector", "nobody");
        Assert.Equal((int)FailureKind.ModelInvalid, unknown.ExitCode);
        Assert.Contains("--detector", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_needs_no_models_but_those_that_ship()
    {
        using TemporaryFolder folder = new();
        ToolResult result = await Tool.RunProgramAsync(
            "dotnet",
            [Tool.Assembly, "process", SharedAssets.Sample("talk.mp4"), "--identity", SharedAssets.Sample("identities/B"), "-o", folder["out.mp4"], "--end", "0.3"],
            null,
            ("VIDEOGAZE_MODELS", string.Empty));

        Assert.True(result.ExitCode == 0, result.ToString());
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(folder["out.provenance.json"], TestContext.Current.CancellationToken));
        Assert.Equal(document.RootElement.GetProperty("frames").GetInt32(), document.RootElement.GetProperty("facesReplaced").GetInt32());
        Assert.Equal(
            ["detector.onnx", "landmarks.onnx", "generator.onnx", "eyes.onnx"],
            document.RootElement.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("file").GetString()).Distinct());
    }

    [Fact]
    public async Task Doctor_says_where_each_model_comes_from()
    {
        SharedAssets.Require("models");
        ToolResult result = await Tool.RunAsync("doctor", "--json");
        using JsonDocument document = JsonDocument.Parse(result.Out);
        JsonElement detector = document.RootElement.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("name").GetString() == "face detector");
        Assert.StartsWith("VIDEOGAZE_MODELS: ", detector.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
