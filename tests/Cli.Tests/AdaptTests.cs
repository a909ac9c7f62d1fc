using System.Security.Cryptography;
using System.Text.Json;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Swap;
using VideoGaze.Stages.Tests.Swap;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>videogaze process --adapt</c>.</summary>
[Collection(Tool.OneAtATime)]
public sealed class AdaptTests(Material material)
{
    [Fact]
    public async Task A_generator_that_is_not_the_one_shot_generator_is_refused_before_any_work()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        string photos = Photos(folder);
        folder.Write("public.onnx", new SwapperStandIn(SwapperContracts.All.First(contract => contract.Id == "hyperswap_256")).ToBytes());
        string output = folder["out.mp4"];

        AssertRefused(await Tool.RunAsync("process", material.Talk, "--identity", material.Identity, "-o", output, "--adapt"), "generator.onnx");
        AssertRefused(await Tool.RunAsync("process", material.Talk, "--identity", photos, "--generator", folder["public.onnx"], "-o", output, "--adapt", "5"), "public.onnx");
        Assert.False(File.Exists(output));
    }

    [Theory]
    [InlineData("--adapt must lie between", "--adapt", "0")]
    [InlineData("'lots'", "--adapt", "lots")]
    [InlineData("one person", "--adapt", "--faces", "all")]
    public async Task What_does_not_go_with_it_is_said(string words, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        AssertRefused(await Tool.RunAsync(["process", material.Talk, "--identity", material.Identity, "-o", folder["out.mp4"], .. arguments]), words);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task The_generator_that_ships_is_fine_tuned_and_report_and_sidecar_name_what_it_was()
    {
        Material.RequireModels();
        string generator = Path.Combine(SharedAssets.RepositoryRoot, "models", "swap.onnx"), landmarks = Path.Combine(SharedAssets.RepositoryRoot, "models", "landmarks.onnx");
        Assert.SkipUnless(File.Exists(generator), "no one-shot generator ships");
        using TemporaryFolder folder = new();

        ToolResult result = await Tool.RunAsync(
            "process", material.Talk, "--identity", Photos(folder), "--landmarks", landmarks, "-o", folder["out.mp4"], "--report", folder["out.ndjson"], "--preset", "ultrafast", "--adapt", "2");

        Assert.True(result.ExitCode == 0, result.ToString());
        string before = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(generator, TestContext.Current.CancellationToken)));
        using JsonDocument header = JsonDocument.Parse(File.ReadLines(folder["out.ndjson"]).First()), sidecar = JsonDocument.Parse(await File.ReadAllTextAsync(folder["out.provenance.json"], TestContext.Current.CancellationToken));
        foreach (JsonElement adaptation in (JsonElement[])[header.RootElement.GetProperty("adaptation"), sidecar.RootElement.GetProperty("adaptation")])
        {
            Assert.Equal(before, adaptation.GetProperty("base").GetProperty("sha256").GetString());
            Assert.Equal((2, 1), (adaptation.GetProperty("steps").GetInt32(), adaptation.GetProperty("seed").GetInt32()));
        }

        JsonElement used = sidecar.RootElement.GetProperty("models").EnumerateArray().Single(model => model.GetProperty("role").GetString() == "face generator");
        Assert.Equal("swap.adapted.onnx", used.GetProperty("file").GetString());
        Assert.NotEqual(before, used.GetProperty("sha256").GetString());
        Assert.Equal("2", sidecar.RootElement.GetProperty("options").GetProperty("adapt").GetString());
    }

    private static void AssertRefused(ToolResult result, string words)
    {
        Assert.True(result.ExitCode == (int)FailureKind.Usage, result.ToString());
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    private static string Photos(TemporaryFolder folder)
    {
        string photos = folder["photos"];
        Directory.CreateDirectory(photos);
        foreach (string photo in (string[])["00.jpg", "01.jpg"])
        {
            File.Copy(SharedAssets.Sample("identities/B/" + photo), Path.Combine(photos, photo));
        }

        return photos;
    }
}
