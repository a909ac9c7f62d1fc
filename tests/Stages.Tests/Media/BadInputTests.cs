using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Tests.Media;

/// <summary>Each bad input and output has its own failure, one sentence long, and leaves nothing behind.</summary>
public sealed class BadInputTests
{
    private const string Long = "-f lavfi -i testsrc2=size=128x96:rate=25:duration=4";

    [Fact]
    public async Task A_missing_file_is_missing()
    {
        UserFacingException e = await RoundTrip.FailsAsync(FailureKind.InputMissing, static () => RoundTrip.ProbeAsync("/nowhere/a.mp4"));
        Assert.Equal("/nowhere/a.mp4 does not exist: check the name.", e.Message);
    }

    [Fact]
    public async Task A_folder_is_no_video()
    {
        using TempFolder folder = new();
        await RoundTrip.FailsAsync(FailureKind.InputUnreadable, () => RoundTrip.ProbeAsync(folder.Path));
    }

    [Theory]
    [InlineData("empty.mp4", "")]
    [InlineData("text.mp4", "This is not a video.\nIt is a text file that says so.\n")]
    [InlineData("text.txt", "This is not a video.\nIt is a text file that says so.\n")]
    [InlineData("page.mkv", "<html><body>404</body></html>\n")]
    public async Task What_is_no_video_is_unreadable(string name, string content)
    {
        using TempFolder folder = new();
        File.WriteAllText(folder[name], content);

        UserFacingException e = await RoundTrip.FailsAsync(FailureKind.InputUnreadable, () => RoundTrip.ProbeAsync(folder[name]));

        Assert.Contains(folder[name], e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.m4a", "")]
    [InlineData("a.mp4", "")]
    [InlineData("a.mp3", "-i COVER -map 0:a -map 1:v -disposition:v:0 attached_pic")]
    public async Task Sound_alone_has_no_video_even_with_a_cover_picture(string name, string cover)
    {
        using TempFolder folder = new();
        Clip.Make(folder["cover.png"], "-f lavfi -i testsrc2=size=32x32 -frames:v 1");
        Clip.Make(folder[name], $"-f lavfi -i sine=duration=1 {cover.Replace("COVER", folder["cover.png"], StringComparison.Ordinal)}");

        await RoundTrip.FailsAsync(FailureKind.NoVideo, () => RoundTrip.ProbeAsync(folder[name]));
    }

    [Fact]
    public async Task An_mp4_without_its_index_is_cut_short()
    {
        using TempFolder folder = new();
        Cut(Clip.Make(folder["in.mp4"], $"{Long} {Clip.H264}"), 0.6);

        UserFacingException e = await RoundTrip.FailsAsync(FailureKind.InputDamaged, () => RoundTrip.ProbeAsync(folder["in.mp4"]));

        Assert.Contains("index", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("an mp4 with its index in front", "in.mp4", "-movflags +faststart")]
    [InlineData("a matroska file", "in.mkv", "")]
    public async Task A_file_cut_in_the_middle_is_damaged_and_leaves_no_output(string what, string name, string options)
    {
        using TempFolder folder = new();
        string input = Cut(Clip.Make(folder[name], $"{Long} {Clip.H264} {options}"), 0.6);

        UserFacingException e = await RoundTrip.FailsAsync(FailureKind.InputDamaged, () => RoundTrip.CopyAsync(input, folder["out.mp4"]));

        Assert.Contains("--allow-damaged", e.Message, StringComparison.Ordinal);
        Assert.True(folder.Names is [_], what);
    }

    [Theory]
    [InlineData("in.mp4", "-movflags +faststart")]
    [InlineData("in.mkv", "")]
    public async Task Damage_can_be_allowed_and_is_then_listed(string name, string options)
    {
        using TempFolder folder = new();
        string input = Cut(Clip.Make(folder[name], $"{Long} {Clip.H264} {options}"), 0.6);

        (IReadOnlyList<Pipeline.Frames.FrameStamp> stamps, DamageReport damage) = await RoundTrip.ReadAsync(input, new DecodeOptions(AllowDamaged: true));
        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mp4"], decode: new DecodeOptions(AllowDamaged: true));

        Assert.False(damage.IsSound);
        Assert.InRange(stamps.Count, 20, 90);
        Assert.Equal(stamps.Count, damage.FramesRead);
        Assert.Equal(100 - stamps.Count, damage.FramesMissing);
        Assert.NotEmpty(damage.Messages);
        Assert.Equal(stamps.Count, result.Frames);
    }

    [Fact]
    public async Task Broken_bits_inside_are_damage()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mkv"], $"{Long} {Clip.H264}");
        byte[] bytes = File.ReadAllBytes(input);
        for (int i = bytes.Length / 2; i < (bytes.Length / 2) + 2000; i += 7)
        {
            bytes[i] ^= 0x5A;
        }

        File.WriteAllBytes(input, bytes);

        await RoundTrip.FailsAsync(FailureKind.InputDamaged, () => RoundTrip.CopyAsync(input, folder["out.mp4"]));
        Assert.Equal(["in.mkv"], folder.Names);
        (_, DamageReport damage) = await RoundTrip.ReadAsync(input, new DecodeOptions(AllowDamaged: true));
        Assert.True(damage.MessageCount > 0);
        Assert.DoesNotContain(" @ 0x", string.Concat(damage.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_behind_the_end_is_a_mistake_of_the_command_line()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mp4"], $"{Clip.Picture} {Clip.H264}");

        UserFacingException e = await RoundTrip.FailsAsync(FailureKind.Usage, () => RoundTrip.ReadAsync(input, new DecodeOptions(new TimeRange(5, 6))));

        Assert.Contains("1 s long", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_output_stays_as_it_is_unless_told_otherwise()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mp4"], $"{Clip.Picture} {Clip.H264}");
        File.WriteAllText(folder["out.mp4"], "precious");

        await RoundTrip.FailsAsync(FailureKind.OutputExists, () => RoundTrip.CopyAsync(input, folder["out.mp4"]));
        Assert.Equal("precious", File.ReadAllText(folder["out.mp4"]));

        await RoundTrip.CopyAsync(input, folder["out.mp4"], RoundTrip.Fast with { Overwrite = true });
        Assert.Equal(Clip.Times(input), Clip.Times(folder["out.mp4"]));
        await RoundTrip.FailsAsync(FailureKind.Usage, () => RoundTrip.CopyAsync(input, input, RoundTrip.Fast with { Overwrite = true }));
    }

    [Theory]
    [InlineData("nowhere/out.mp4", FailureKind.OutputUnwritable)]
    [InlineData("file.txt/out.mp4", FailureKind.OutputUnwritable)]
    [InlineData("", FailureKind.OutputUnwritable)]
    [InlineData("out.xyz", FailureKind.Usage)]
    public async Task An_output_that_cannot_be_is_refused_before_anything_runs(string name, FailureKind kind)
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["file.txt"], "text");
        MediaInfo media = await RoundTrip.ProbeAsync(Clip.Make(folder["in.mp4"], $"{Clip.Picture} {Clip.H264}"));
        Directory.CreateDirectory(folder["folder.mp4"]);
        string output = name.Length == 0 ? folder["folder.mp4"] : folder[name];

        UserFacingException e = Assert.Throws<UserFacingException>(() => new VideoSink(media, output, RoundTrip.Tools, RoundTrip.Fast));

        Assert.Equal(kind, e.Kind);
        Assert.Equal(["file.txt", "folder.mp4", "in.mp4"], folder.Names);
    }

    [Fact]
    public async Task An_unknown_encoder_is_a_mistake_of_the_command_line()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mp4"], $"{Clip.Picture} {Clip.H264}");

        UserFacingException e = await RoundTrip.FailsAsync(FailureKind.Usage, () => RoundTrip.CopyAsync(input, folder["out.mp4"], RoundTrip.Fast with { Codec = "nonsense" }));

        Assert.Contains("'nonsense'", e.Message, StringComparison.Ordinal);
        Assert.Equal(["in.mp4"], folder.Names);
    }

    [Fact]
    public void A_missing_ffmpeg_names_the_command_that_installs_it()
    {
        using TempFolder folder = new();

        UserFacingException absent = Assert.Throws<UserFacingException>(() => FfmpegTools.Locate(null, folder.Path));
        UserFacingException named = Assert.Throws<UserFacingException>(() => FfmpegTools.Locate(folder.Path, "/usr/bin"));

        Assert.Equal(FailureKind.FfmpegFailed, absent.Kind);
        Assert.Contains("sudo apt-get install -y ffmpeg", absent.Message, StringComparison.Ordinal);
        Assert.Contains(FfmpegTools.FolderVariable, named.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_leaves_nothing()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mkv"], "-f lavfi -i testsrc2=size=320x240:rate=25:duration=2 -vf noise=alls=60:allf=t -c:v libx264 -preset ultrafast -crf 5");
        string small = Directory.CreateDirectory(folder["small"]).FullName;
        (int exitCode, _, string errors) = Clip.Run("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", small]);
        Assert.SkipUnless(exitCode == 0, "a small disk can be mounted by root only: " + errors.Trim());
        try
        {
            UserFacingException e = await RoundTrip.FailsAsync(
                FailureKind.DiskFull, () => RoundTrip.CopyAsync(input, Path.Combine(small, "out.mp4"), RoundTrip.Fast with { Crf = 5 }));

            Assert.Contains("out.mp4", e.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(small));
        }
        finally
        {
            Clip.Run("umount", [small]);
        }
    }

    private static string Cut(string path, double part)
    {
        using FileStream file = File.OpenWrite(path);
        file.SetLength((long)(file.Length * part));
        return path;
    }
}
