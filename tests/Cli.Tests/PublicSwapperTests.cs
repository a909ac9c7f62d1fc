using System.Text.Json;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Swap;
using VideoGaze.Stages.Tests.Swap;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>videogaze process --generator</c> with photos alone, on stand-ins for public generators.</summary>
[Collection(Tool.OneAtATime)]
public sealed class PublicSwapperTests(Material material)
{
    [Theory]
    [InlineData("hyperswap_1a_256", "hyperswap_256")]
    [InlineData("inswapper_128_fp16", "inswapper_128")]
    public async Task A_public_generator_swaps_with_photos_and_says_what_it_used_and_left_out(string name, string contract)
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        string photos = Photos(folder);
        await Tool.FfmpegAsync("-f", "lavfi", "-i", "testsrc2=size=320x240", "-frames:v", "1", Path.Combine(photos, "nobody.png"));
        folder.Write("arcface_w600k_r50.onnx", SwapperStandIn.Embedder());
        float[] matrix = new float[512 * 512];
        matrix[0] = 1;
        folder.Write(name + ".onnx", new SwapperStandIn(Contract(contract)) { SourceWeight = 0.1f, Matrix = matrix }.ToBytes());

        ToolResult result = await Tool.RunAsync(
            "process", material.Talk, "--identity", photos, "--generator", name, "--models", folder.Path, "-o", folder["out.mp4"], "--no-gaze", "--preset", "ultrafast", "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        using JsonDocument document = JsonDocument.Parse(result.Out);
        JsonElement root = document.RootElement;
        Assert.Equal(Material.TalkFrames, root.GetProperty("facesReplaced").GetInt32());
        IEnumerable<string?> files = root.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("file").GetString());
        Assert.Contains(name + ".onnx", files);
        Assert.Contains("arcface_w600k_r50.onnx", files);
        Assert.Contains("nobody.png was left out, because it shows no face", result.Error, StringComparison.Ordinal);
        using JsonDocument sidecar = JsonDocument.Parse(await File.ReadAllTextAsync(folder["out.provenance.json"], TestContext.Current.CancellationToken));
        Assert.Equal(name, sidecar.RootElement.GetProperty("options").GetProperty("generator").GetString());
    }

    [Fact]
    public async Task What_a_public_generator_lacks_is_one_sentence_with_the_remedy()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        string photos = Photos(folder);

        await FailsAsync(FailureKind.ModelInvalid, "videogaze models pull hyperswap_1a_256", photos, "hyperswap_1a_256");
        folder.Write("hyperswap_1a_256.onnx", new SwapperStandIn(Contract("hyperswap_256")).ToBytes());
        await FailsAsync(FailureKind.ModelInvalid, "videogaze models pull arcface_w600k_r50", photos, "hyperswap_1a_256");
        await FailsAsync(FailureKind.Usage, "is no face generator", photos, "arcface_w600k_r50");
        await FailsAsync(FailureKind.IdentityUnusable, "--generator", folder["hyperswap_1a_256.onnx"]);

        async Task FailsAsync(FailureKind kind, string words, string identity, params string[] generator)
        {
            string[] arguments = ["process", material.Talk, "--identity", identity, "--models", folder.Path, "-o", folder["out.mp4"], .. generator.SelectMany(name => (string[])["--generator", name])];
            ToolResult result = await Tool.RunAsync(arguments);
            Assert.True(result.ExitCode == (int)kind, result.ToString());
            Assert.Contains(words, result.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(folder["out.mp4"]));
        }
    }

    private static SwapperContract Contract(string id) => SwapperContracts.All.Single(contract => contract.Id == id);

    private static string Photos(TemporaryFolder folder)
    {
        string photos = Directory.CreateDirectory(folder["photos"]).FullName;
        foreach (string name in (string[])["00.jpg", "01.jpg"])
        {
            File.Copy(SharedAssets.Sample("identities/B/" + name), Path.Combine(photos, name));
        }

        return photos;
    }
}
