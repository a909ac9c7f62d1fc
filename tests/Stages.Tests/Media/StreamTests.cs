using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Tests.Media;

/// <summary>Everything that is not the picture goes along unchanged, or the result says what did not.</summary>
public sealed class StreamTests
{
    private const string Sound = "-f lavfi -i sine=frequency=440:duration=1";
    private const string OtherSound = "-f lavfi -i sine=frequency=880:duration=1:sample_rate=48000";

    [Fact]
    public async Task Two_sounds_subtitles_chapters_and_tags_go_from_mp4_to_mp4()
    {
        using TempFolder folder = new();
        string input = Rich(folder, "in.mp4", "-c:s mov_text");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mp4"]);

        Assert.Equal(2, Clip.PacketHashes(result.Path, "a").Count);
        Assert.Equal(Clip.PacketHashes(input, "a"), Clip.PacketHashes(result.Path, "a"));
        Assert.Equal(Clip.PacketHashes(input, "s"), Clip.PacketHashes(result.Path, "s"));
        Assert.Equal(["0.000000,0.400000,opening", "0.400000,1.000000,the rest"], Chapters(result.Path));
        Assert.Equal(["eng", "deu"], Tag(result.Path, "a", "language"));
        Assert.Equal(["fra"], Tag(result.Path, "s", "language"));
        Assert.Equal(["ita"], Tag(result.Path, "v", "language"));
        Assert.Equal("A title", FileTag(result.Path, "title"));
        Assert.Equal("Jane \"J\" Doe", FileTag(result.Path, "artist"));
        Assert.Empty(result.Notes);
    }

    [Fact]
    public async Task Matroska_keeps_fonts_and_styled_subtitles_too()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["font.ttf"], "not really a font");
        string input = Rich(folder, "in.mkv", $"-c:s ass -attach {folder["font.ttf"]} -metadata:s:t:0 mimetype=application/x-truetype-font");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mkv"]);

        Assert.Equal(Clip.PacketHashes(input, "a"), Clip.PacketHashes(result.Path, "a"));
        Assert.Equal(Clip.PacketHashes(input, "s"), Clip.PacketHashes(result.Path, "s"));
        Assert.Equal(["font.ttf"], Tag(result.Path, "t", "filename"));
        Assert.Equal(["0.000000,0.400000,opening", "0.400000,1.000000,the rest"], Chapters(result.Path));
        Assert.Empty(result.Notes);
    }

    [Theory]
    [InlineData("in.mp4", "mov_text", "out.mkv", "subrip")]
    [InlineData("in.mkv", "srt", "out.mp4", "mov_text")]
    [InlineData("in.mkv", "webvtt", "out.mov", "mov_text")]
    public async Task Text_subtitles_are_converted_where_the_container_asks_for_it_and_the_result_says_so(string from, string codec, string to, string expected)
    {
        using TempFolder folder = new();
        string input = Rich(folder, from, $"-c:s {codec}");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder[to]);

        Assert.Equal(Clip.PacketHashes(input, "a"), Clip.PacketHashes(result.Path, "a"));
        Assert.Equal(Clip.Milliseconds(input), Clip.Milliseconds(result.Path));
        Assert.Equal([expected], Clip.Probe(result.Path, "-select_streams s -show_entries stream=codec_name -of csv=p=0"));
        Assert.Contains("hello", SubtitleText(folder, result.Path), StringComparison.Ordinal);
        Assert.Contains(result.Notes, n => n.Contains("converted", StringComparison.Ordinal) && n.Contains(expected == "subrip" ? "srt" : expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_container_cannot_hold_is_left_out_with_a_sentence()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["font.ttf"], "not really a font");
        string input = Rich(folder, "in.mkv", $"-c:s srt -attach {folder["font.ttf"]} -metadata:s:t:0 mimetype=application/x-truetype-font");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mov"]);

        Assert.Contains(result.Notes, static n => n.Contains("attachment stream", StringComparison.Ordinal) && n.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sound_that_webm_cannot_hold_is_encoded_anew_with_a_sentence()
    {
        using TempFolder folder = new();
        string text = folder["t.srt"];
        File.WriteAllText(text, "1\n00:00:00,100 --> 00:00:00,900\nhello\n");
        string input = Clip.Make(folder["in.mkv"], $"{Clip.Picture} {Sound} -i {text} -map 0:v -map 1:a -map 2:s {Clip.H264} -c:a aac -c:s srt");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.webm"]);

        Assert.Equal(["vp9", "opus", "webvtt"], Clip.Probe(result.Path, "-show_entries stream=codec_name -of csv=p=0"));
        Assert.Equal(2, result.Notes.Count);
        Assert.Contains("libopus", result.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uncompressed_sound_that_mp4_cannot_hold_keeps_every_sample()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.avi"], $"{Clip.Picture} {Sound} -c:v mjpeg -c:a pcm_s16le");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mp4"]);

        Assert.Equal(SampleHash(input), SampleHash(result.Path));
        Assert.Contains("alac, without loss", Assert.Single(result.Notes, static n => n.StartsWith("sound", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bitmap_subtitles_are_left_out_of_quicktime_with_a_sentence()
    {
        using TempFolder folder = new();
        MediaInfo media = await RoundTrip.ProbeAsync(Clip.Make(folder["in.mkv"], $"{Clip.Picture} {Clip.H264}"));
        media = media with { OtherStreams = [new StreamInfo(3, StreamKind.Subtitle, "hdmv_pgs_subtitle", string.Empty, false, new Dictionary<string, string>())] };

        CopiedStreams plan = CopiedStreams.Plan(media, OutputContainer.For("out.mp4"));

        Assert.Empty(plan.Arguments);
        Assert.Equal(["subtitle stream 3 (hdmv_pgs_subtitle) cannot be carried into mp4 and was left out"], plan.Notes);
        Assert.Equal(["-map 1:3 -c:1 copy"], CopiedStreams.Plan(media, OutputContainer.For("out.mkv")).Arguments);
    }

    [Fact]
    public async Task A_cover_picture_is_kept_and_never_taken_for_the_video()
    {
        using TempFolder folder = new();
        Clip.Make(folder["cover.png"], "-f lavfi -i testsrc2=size=32x32 -frames:v 1");
        string input = Clip.Make(
            folder["in.mp4"], $"-i {folder["cover.png"]} {Clip.Picture} -map 0:v -map 1:v -c:v:0 png -disposition:v:0 attached_pic -c:v:1 libx264 -preset:v:1 ultrafast");

        MediaInfo media = await RoundTrip.ProbeAsync(input);
        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mkv"]);

        Assert.Equal("h264", media.Video.Codec);
        Assert.Equal(25, result.Frames);
        Assert.Equal(Clip.Times(input), Clip.Times(result.Path));
        Assert.Contains("png", Clip.Probe(result.Path, "-show_entries stream=codec_name -of csv=p=0"));
    }

    [Fact]
    public async Task A_range_moves_chapters_and_subtitles_along()
    {
        using TempFolder folder = new();
        string input = Rich(folder, "in.mkv", "-c:s srt");
        TimeRange range = new(0.2, 0.8);

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mkv"], RoundTrip.Fast with { Range = range }, new DecodeOptions(range));

        Assert.Equal(15, result.Frames);
        Assert.Equal(["0.000000,0.200000,opening", "0.200000,0.600000,the rest"], Chapters(result.Path));
        Assert.Equal(SubtitleTime(input) - 0.2, SubtitleTime(result.Path), 6);
    }

    [Theory]
    [InlineData("out.mp4")]
    [InlineData("out.mkv")]
    [InlineData("out.mov")]
    public async Task Extra_tags_mark_the_file(string name)
    {
        using TempFolder folder = new();
        string input = Rich(folder, "in.mkv", "-c:s srt");
        Dictionary<string, string> mark = new() { ["comment"] = "faces swapped: \"B\" \\ 100 %", ["digital_source_type"] = "compositeWithTrainedAlgorithmicMedia" };

        EncodeResult result = await RoundTrip.CopyAsync(input, folder[name], RoundTrip.Fast with { ExtraMetadata = mark });

        Assert.Equal(mark["comment"], FileTag(result.Path, "comment"));
        Assert.Equal(mark["digital_source_type"], FileTag(result.Path, "digital_source_type"));
        Assert.Equal("A title", FileTag(result.Path, "title"));
    }

    [Fact]
    public async Task Names_with_spaces_quotes_and_percent_signs_are_no_trouble()
    {
        using TempFolder folder = new();
        string input = folder["-a b\"c' %03d \\ü.mp4"];
        File.Move(Clip.Make(folder["plain.mp4"], $"{Clip.Picture} {Clip.H264}"), input);

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out \"x\" %d.mp4"]);

        Assert.Equal(25, result.Frames);
        Assert.True(File.Exists(folder["out \"x\" %d.mp4"]));
    }

    private static string SampleHash(string path) => Clip.Run("ffmpeg", ["-v", "error", "-i", path, "-map", "0:a", "-c:a", "pcm_s16le", "-f", "md5", "-"]).Output;

    private static string Rich(TempFolder folder, string name, string options)
    {
        File.WriteAllText(folder["t.srt"], "1\n00:00:00,500 --> 00:00:00,900\nhello\n");
        File.WriteAllText(
            folder["t.meta"],
            ";FFMETADATA1\ntitle=A title\nartist=Jane \"J\" Doe\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=400\ntitle=opening\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=400\nEND=1000\ntitle=the rest\n");
        string inputs = $"{Clip.Picture} {Sound} {OtherSound} -i {folder["t.srt"]} -i {folder["t.meta"]}";
        string maps = "-map 0:v -map 1:a -map 2:a -map 3:s -map_metadata 4 -map_chapters 4";
        string languages = "-metadata:s:v:0 language=ita -metadata:s:a:0 language=eng -metadata:s:a:1 language=deu -metadata:s:s:0 language=fra";
        return Clip.Make(folder[name], $"{inputs} {maps} {languages} {Clip.H264} -c:a aac {options}");
    }

    private static IReadOnlyList<string> Chapters(string path) => [.. Clip.Probe(path, "-show_chapters -show_entries chapter=start_time,end_time:chapter_tags=title -of csv=p=0")];

    private static IReadOnlyList<string> Tag(string path, string streams, string tag) =>
        [.. Clip.Probe(path, $"-select_streams {streams} -show_entries stream_tags={tag} -of default=nokey=1:noprint_wrappers=1")];

    private static string FileTag(string path, string tag) => string.Join('|', Clip.Probe(path, $"-show_entries format_tags={tag} -of default=nokey=1:noprint_wrappers=1"));

    private static double SubtitleTime(string path) => double.Parse(
        Assert.Single(Clip.Probe(path, "-select_streams s -show_entries packet=pts_time -of csv=p=0")).TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture);

    private static string SubtitleText(TempFolder folder, string path) => File.ReadAllText(Clip.Make(folder["read.srt"], $"-i {path} -map 0:s"));
}
