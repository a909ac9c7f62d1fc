using VideoGaze.Cli.Tests.Support;
using VideoGaze.Faces.Failures;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary>The table of everything a user can get wrong: one sentence, its exit code, nothing left behind.</summary>
[Collection(Tool.OneAtATime)]
public sealed class BadInputTests(Material material)
{
    [Theory]
    [InlineData("missing", FailureKind.InputMissing)]
    [InlineData("empty", FailureKind.InputUnreadable)]
    [InlineData("text", FailureKind.InputUnreadable)]
    [InlineData("truncated", FailureKind.InputDamaged)]
    [InlineData("audio only", FailureKind.NoVideo)]
    [InlineData("no face", FailureKind.NoFace)]
    public async Task A_bad_video_is_refused(string what, FailureKind kind)
    {
        Material.RequireModels();
        using TemporaryFolder input = new();
        string path = input["in.mp4"];
        switch (what)
        {
            case "empty":
                await File.WriteAllBytesAsync(path, [], TestContext.Current.CancellationToken);
                break;
            case "text":
                await File.WriteAllTextAsync(path, "This is a text with the name of a video.\n", TestContext.Current.CancellationToken);
                break;
            case "truncated":
                byte[] whole = await File.ReadAllBytesAsync(material.Talk, TestContext.Current.CancellationToken);
                await File.WriteAllBytesAsync(path, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
                break;
            case "audio only":
                await Tool.FfmpegAsync("-f", "lavfi", "-i", "sine=duration=1", path);
                break;
            case "no face":
                File.Copy(material.NoFace, path);
                break;
        }

        await FailsAsync(kind, path, output => [path, "--identity", material.Identity, "-o", output]);
    }

    [Theory]
    [InlineData("missing", FailureKind.InputMissing)]
    [InlineData("empty", FailureKind.IdentityUnusable)]
    [InlineData("photos without a face", FailureKind.IdentityUnusable)]
    [InlineData("corrupt generator", FailureKind.ModelInvalid)]
    [InlineData("generator of another shape", FailureKind.ModelInvalid)]
    public async Task A_bad_identity_is_refused(string what, FailureKind kind)
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        string identity = folder["who"];
        if (what != "missing")
        {
            Directory.CreateDirectory(identity);
        }

        string generator = Path.Combine(identity, "generator.onnx");
        switch (what)
        {
            case "photos without a face":
                await Tool.FfmpegAsync("-f", "lavfi", "-i", "testsrc2=size=320x240", "-frames:v", "1", Path.Combine(identity, "a.png"));
                break;
            case "corrupt generator":
                await File.WriteAllBytesAsync(generator, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 31))], TestContext.Current.CancellationToken);
                break;
            case "generator of another shape":
                byte[] other = new TinyOnnx().Input("x", 1, 3, 8, 8).Output("y", 1, 3, 8, 8).Node("Relu", ["x"], ["y"]).ToBytes();
                await File.WriteAllBytesAsync(generator, other, TestContext.Current.CancellationToken);
                break;
        }

        await FailsAsync(kind, "who", output => [material.Talk, "--identity", identity, "-o", output]);
    }

    [Fact]
    public async Task A_person_who_is_not_in_the_video_is_told_from_the_one_who_is_by_what_ships()
    {
        using TemporaryFolder folder = new();
        ToolResult stranger = await ReferenceAsync(SharedAssets.Sample("identities/B/00.jpg"), "stranger.mp4");
        AssertOneSentence(stranger, FailureKind.NoFace, "--reference");
        Assert.Empty(folder.Names);

        string frame = folder["frame.png"];
        ToolResult cut = await Tool.RunProgramAsync("ffmpeg", ["-v", "error", "-i", material.Talk, "-frames:v", "1", frame], null);
        Assert.True(cut.ExitCode == 0, cut.Error);
        ToolResult known = await ReferenceAsync(frame, "known.mp4");
        Assert.True(known.ExitCode == 0, known.Error);
        Assert.DoesNotContain(" 0 faces replaced", known.Error, StringComparison.Ordinal);

        Task<ToolResult> ReferenceAsync(string photo, string output) => Tool.RunProgramAsync(
            "dotnet",
            [
                Tool.Assembly, "process", material.Talk, "--identity", material.Identity, "-o", folder[output], "--no-gaze", "--end", "0.4", "--faces", "reference", "--reference", photo,
            ],
            null,
            ("VIDEOGAZE_MODELS", string.Empty));
    }

    [Fact]
    public async Task Likeness_without_its_referee_is_refused()
    {
        using TemporaryFolder models = new();
        ToolResult result = await Tool.RunProgramAsync(
            "dotnet",
            [Tool.Assembly, "likeness", material.Talk, "--target", material.Talk, "--identity", SharedAssets.Sample("identities/B/00.jpg"), "--models", models.Path],
            null,
            ("VIDEOGAZE_MODELS", string.Empty));

        AssertOneSentence(result, FailureKind.ModelInvalid, "mobilefacenet_128.onnx");
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_an_error_not_a_silent_fallback()
    {
        Material.RequireModels();
        ToolResult doctor = await Tool.RunAsync("doctor");
        Assert.SkipWhen(doctor.Out.Split('\n').Any(line => line.StartsWith("ok      cuda", StringComparison.Ordinal)), "this machine has a working GPU");

        await FailsAsync(FailureKind.ProviderMissing, "cuda", output => [material.Talk, "--identity", material.Identity, "-o", output, "--device", "cuda"]);
    }

    [Theory]
    [InlineData("/proc/videogaze/out.mp4")]
    [InlineData("/nowhere/at/all/out.mp4")]
    public async Task An_output_that_cannot_be_written_is_refused_before_any_work(string output)
    {
        Material.RequireModels();
        ToolResult result = await Tool.RunAsync("process", material.Talk, "--identity", material.Identity, "-o", output);

        AssertOneSentence(result, FailureKind.OutputUnwritable, output);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_freed_again()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        string disk = folder["disk"];
        Directory.CreateDirectory(disk);
        ToolResult mount = await Tool.RunProgramAsync("mount", ["-t", "tmpfs", "-o", "size=48k", "tmpfs", disk]);
        Assert.SkipUnless(mount.ExitCode == 0, "needs the right to mount a small file system");
        try
        {
            ToolResult result = await Tool.RunAsync("process", material.Talk, "--identity", material.Identity, "-o", Path.Combine(disk, "out.mp4"), "--crf", "0", "--preset", "ultrafast");

            AssertOneSentence(result, FailureKind.DiskFull, "out.mp4");
            Assert.Empty(Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            await Tool.RunProgramAsync("umount", [disk]);
        }
    }

    private static async Task FailsAsync(FailureKind kind, string named, Func<string, string[]> arguments)
    {
        using TemporaryFolder output = new();

        ToolResult result = await Tool.RunAsync(["process", .. arguments(output["out.mp4"]), "--preset", "ultrafast", "--report", output["out.ndjson"]]);

        AssertOneSentence(result, kind, named);
        Assert.Empty(output.Names);
    }

    private static void AssertOneSentence(ToolResult result, FailureKind kind, string named)
    {
        Assert.True(result.ExitCode == (int)kind, result.ToString());
        Assert.Empty(result.Out);

        // On a slow machine a line of progress may stand before it.
        string[] lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines[..^1], line => Assert.StartsWith("videogaze: frame ", line, StringComparison.Ordinal));
        Assert.Matches(@"^videogaze: .+\.$", lines[^1]);
        Assert.Contains(named, lines[^1], StringComparison.Ordinal);
    }
}
