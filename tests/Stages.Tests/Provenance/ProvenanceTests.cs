using System.Security.Cryptography;
using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Provenance;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Tests.Provenance;

public sealed class ProvenanceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("videogaze-provenance-").FullName;

    [Theory]
    [InlineData("talk.swapped.mp4", "talk.swapped.provenance.json")]
    [InlineData("/a/b.c/talk.mkv", "/a/b.c/talk.provenance.json")]
    [InlineData("/a/b.c/talk", "/a/b.c/talk.provenance.json")]
    public void The_sidecar_stands_beside_the_video_under_its_name(string output, string sidecar) =>
        Assert.Equal(sidecar, ProvenanceSidecar.PathFor(output));

    [Fact]
    public async Task A_fingerprint_is_name_length_and_hash_of_the_content()
    {
        string path = Path.Combine(folder, "a.bin");
        byte[] content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);

        FileFingerprint fingerprint = await FileFingerprint.OfAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(new FileFingerprint("a.bin", 200_000, Convert.ToHexStringLower(SHA256.HashData(content))), fingerprint);
    }

    [Fact]
    public async Task The_sidecar_says_what_the_video_is_and_holds_no_folder()
    {
        string output = Path.Combine(folder, "talk.swapped.mp4");

        await ProvenanceSidecar.WriteAsync(output, Sample().ToJson(), TestContext.Current.CancellationToken);

        Assert.Equal(["talk.swapped.provenance.json"], Directory.GetFiles(folder).Select(Path.GetFileName));
        string text = await File.ReadAllTextAsync(ProvenanceSidecar.PathFor(output), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(folder, text, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        Assert.Equal("videogaze.provenance", root.GetProperty("schema").GetString());
        Assert.Equal(
            "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
            root.GetProperty("digitalSourceType").GetString());
        Assert.Equal("talk.mp4", root.GetProperty("input").GetProperty("file").GetString());
        Assert.Equal("18", root.GetProperty("options").GetProperty("crf").GetString());
        Assert.Equal("generator", root.GetProperty("models")[0].GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_folder_s_fingerprint_is_that_of_its_files_names_and_contents()
    {
        string pack = Directory.CreateDirectory(Path.Combine(folder, "pack", "maps")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(pack, "b.txt"), "b", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(pack, "maps", "a.txt"), "aa", TestContext.Current.CancellationToken);

        FolderFingerprint fingerprint = await FolderFingerprint.OfAsync(pack, TestContext.Current.CancellationToken);

        // What sha256sum says of both files, and of what it said: see the type.
        string lines = $"{Hash("b")}  b.txt\n{Hash("aa")}  maps/a.txt\n";
        Assert.Equal(new FolderFingerprint("pack", 2, 3, Hash(lines)), fingerprint);
        File.Move(Path.Combine(pack, "b.txt"), Path.Combine(pack, "c.txt"));
        Assert.NotEqual(fingerprint, await FolderFingerprint.OfAsync(pack, TestContext.Current.CancellationToken));

        static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public async Task The_same_run_writes_the_same_sidecar()
    {
        await ProvenanceSidecar.WriteAsync(Path.Combine(folder, "a.mp4"), Sample().ToJson(), TestContext.Current.CancellationToken);
        await ProvenanceSidecar.WriteAsync(Path.Combine(folder, "b.mp4"), Sample().ToJson(), TestContext.Current.CancellationToken);

        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(folder, "a.provenance.json"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(Path.Combine(folder, "b.provenance.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_the_sidecar_cannot_be_written_nothing_of_it_is_left()
    {
        string output = Path.Combine(folder, "talk.mp4");

        // A folder in the sidecar's place can be replaced by no file, whoever runs the test.
        Directory.CreateDirectory(ProvenanceSidecar.PathFor(output));

        UserFacingException failure = await Assert.ThrowsAsync<UserFacingException>(
            () => ProvenanceSidecar.WriteAsync(output, Sample().ToJson(), TestContext.Current.CancellationToken));

        Assert.Equal(FailureKind.OutputUnwritable, failure.Kind);
        Assert.Contains(ProvenanceSidecar.PathFor(output), failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void The_tags_leave_the_original_s_own_title_and_comment_alone()
    {
        IReadOnlyDictionary<string, string> tags = ProvenanceMarks.Tags("videogaze 1.2.3");

        Assert.Equal(ProvenanceMarks.DigitalSourceType, tags["DigitalSourceType"]);
        Assert.Contains("videogaze 1.2.3", tags["SyntheticMedia"], StringComparison.Ordinal);
        Assert.DoesNotContain(tags.Keys, key => key is "title" or "comment" or "description" or "artist" or "copyright" or "encoder");
    }

    [Fact]
    public void The_list_of_encoders_is_read_below_its_legend()
    {
        const string Output = " V..... = Video\n ------\n V....D libx264              libx264 H.264 (codec h264)\n A....D aac                  AAC\n V.S..D ffv1                 FFmpeg video codec #1\n";

        Assert.Equal(["libx264", "ffv1"], FfmpegInventory.ParseVideoEncoders(Output));
        Assert.Equal("5.1.9-0+deb12u1", FfmpegInventory.ParseVersion("ffmpeg version 5.1.9-0+deb12u1 Copyright (c)\nbuilt with gcc"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static ProvenanceRecord Sample() => new(
        ProvenanceRecord.SchemaName,
        ProvenanceRecord.CurrentVersion,
        "videogaze 0.1.0+abc",
        ProvenanceMarks.DigitalSourceType,
        ProvenanceMarks.Statement,
        new FileFingerprint("talk.mp4", 12, "aa"),
        new FileFingerprint("talk.swapped.mp4", 34, "bb"),
        new SortedDictionary<string, string>(StringComparer.Ordinal) { ["crf"] = "18", ["faces"] = "largest" },
        [new ModelRecord("generator", "generator.onnx", "cc")],
        Frames: 268,
        FacesReplaced: 260,
        Gaze: null);
}
