using System.Text.Json;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary>The commands after each other, as the README tells them: extract, train, export, process, measure.</summary>
[Collection(Tool.OneAtATime)]
public sealed class WholeJobTests(Material material)
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task From_two_clips_to_a_swap_that_is_measured()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();

        await SucceedsAsync("extract", material.Talk, "-o", folder["faces-a"], "--size", "128", "--every", "2");
        await SucceedsAsync("extract", SharedAssets.Sample("identities/B/00.jpg"), SharedAssets.Sample("identities/B/01.jpg"), "-o", folder["faces-b"], "--size", "128");
        string[] train =
        [
            "train", "--source", folder["faces-b"], "--target", folder["faces-a"], "-o", folder["model"], "--condition", "DFL", "--resolution", "64", "--encoder-dims", "8",
            "--inter-dims", "32", "--decoder-dims", "8", "--mask-dims", "4", "--batch", "2", "--preview-every", "0", "--threads", "1",
        ];
        await SucceedsAsync([.. train, "--steps", "2"]);
        using JsonDocument trained = JsonDocument.Parse((await SucceedsAsync([.. train, "--steps", "4", "--json"])).Out);
        Assert.Equal(4, trained.RootElement.GetProperty("steps").GetInt32());

        await SucceedsAsync("export", folder["model"], "-o", folder["generator.onnx"]);
        ToolResult again = await Tool.RunAsync("export", folder["model"], "-o", folder["generator.onnx"]);
        Assert.Equal(10, again.ExitCode);

        await SucceedsAsync("process", material.Talk, "--identity", folder["generator.onnx"], "-o", folder["out.mp4"], "--preset", "ultrafast");
        Assert.Equal(Material.TalkFrames, await Tool.CountFramesAsync(folder["out.mp4"]));

        ToolResult measured = await SucceedsAsync("measure", material.Talk, folder["out.mp4"], "--json");
        using JsonDocument document = JsonDocument.Parse(measured.Out);
        Assert.Equal(Material.TalkFrames, document.RootElement.GetProperty("gaze").GetProperty("frames").GetInt32());
    }

    [Fact]
    public async Task A_video_measured_against_itself_has_no_error()
    {
        Material.RequireModels();

        ToolResult result = await SucceedsAsync("measure", material.Talk, material.Talk, "--json");

        using JsonDocument document = JsonDocument.Parse(result.Out);
        JsonElement error = document.RootElement.GetProperty("gaze").GetProperty("error");
        Assert.True(error.GetProperty("count").GetInt32() >= 6, result.Out);
        Assert.True(error.GetProperty("max").GetDouble() < 0.01, result.Out);
    }

    [Fact]
    public async Task A_rendered_clip_can_be_measured_against_its_truth()
    {
        Material.RequireModels();

        ToolResult result = await SucceedsAsync("measure", SharedAssets.Sample("talk.mp4"), "--truth", SharedAssets.Sample("talk.truth.ndjson"), "--end", "0.4", "--report", "-");

        string[] lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using JsonDocument summary = JsonDocument.Parse(lines[^1]);
        Assert.Equal("summary", summary.RootElement.GetProperty("type").GetString());
        Assert.Equal(12, lines.Length - 2);
    }

    [Fact]
    public async Task A_swap_is_scored_against_the_true_swap_as_a_table_and_as_a_document()
    {
        Material.RequireModels();
        string trueSwap = SharedAssets.Sample("talk.swapped-truth.mp4");
        string[] score = ["score", SharedAssets.Sample("talk.mp4"), "--truth", SharedAssets.Sample("talk.truth.ndjson"), "--true-swap", trueSwap, "--end", "0.2"];

        ToolResult table = await SucceedsAsync(score);
        string[] lines = table.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["output", "true", "swap", "no", "swap"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(lines, line => line.StartsWith("SSIM in the face", StringComparison.Ordinal) && line.Contains("1.0000", StringComparison.Ordinal));
        Assert.Contains("likeness to photos, because no photos were given", table.Error, StringComparison.Ordinal);

        using JsonDocument document = JsonDocument.Parse((await SucceedsAsync([.. score, "--json"])).Out);
        JsonElement root = document.RootElement;
        Assert.Equal("videogaze.score", root.GetProperty("schema").GetString());
        JsonElement pair = Assert.Single(root.GetProperty("pairs").EnumerateArray());
        Assert.Equal(6, pair.GetProperty("frames").GetProperty("paired").GetInt32());
        Assert.Equal(1, pair.GetProperty("trueSwap").GetProperty("face").GetProperty("ssim").GetProperty("mean").GetDouble());
        Assert.Equal("MobileFaceNet", pair.GetProperty("output").GetProperty("identity").GetProperty("referee").GetString());
    }

    [Fact]
    public async Task Likeness_says_whom_a_swap_is_like_as_a_table_and_as_a_document()
    {
        string models = Path.GetDirectoryName(SharedAssets.Model("mobilefacenet_128.onnx"))!;
        string[] likeness =
        [
            "likeness", SharedAssets.Sample("talk.swapped-truth.mp4"), "--target", SharedAssets.Sample("talk.mp4"), "--identity", SharedAssets.Sample("identities/B"),
            "--models", models, "--end", "0.2",
        ];

        ToolResult table = await SucceedsAsync(likeness);
        string[] lines = table.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["mean", "median", "p05", "p95"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^nearer to the photos than to the target +100\.0 +% of the faces compared$", lines[4]);
        Assert.Matches("^faces compared +6 +in 6 frames$", lines[5]);

        using JsonDocument document = JsonDocument.Parse((await SucceedsAsync([.. likeness, "--json"])).Out);
        Assert.Equal("videogaze.likeness", document.RootElement.GetProperty("schema").GetString());
        Assert.Equal(1, document.RootElement.GetProperty("likeness").GetProperty("nearer").GetDouble());
        Assert.Equal("MobileFaceNet", document.RootElement.GetProperty("pair").GetProperty("referee").GetString());
    }

    private static async Task<ToolResult> SucceedsAsync(params string[] arguments)
    {
        ToolResult result = await Tool.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, string.Join(' ', arguments) + "\n" + result);
        return result;
    }
}
