using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Tests.Media;

/// <summary>Untouched pixels come back bit for bit through a lossless encoder, and what says how to read them comes along.</summary>
public sealed class PictureTests
{
    private static readonly EncodeOptions Lossless = new(Codec: "ffv1");

    [Theory]
    [InlineData("8 bit", "yuv420p", "")]
    [InlineData("10 bit", "yuv420p10le", "")]
    [InlineData("full range by name", "yuvj420p", "")]
    [InlineData("full range by tag", "yuv420p", "-color_range pc")]
    [InlineData("bt601 tags", "yuv420p", "-color_range tv -colorspace smpte170m -color_trc smpte170m -color_primaries smpte170m")]
    [InlineData("bt709 tags", "yuv420p", "-color_range tv -colorspace bt709 -color_trc bt709 -color_primaries bt709")]
    public async Task Untouched_pixels_are_identical_and_tags_survive(string what, string format, string tags)
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mp4"], $"{Clip.Picture} -c:v libx264 -preset ultrafast -pix_fmt {format} {tags}");

        string output = (await RoundTrip.CopyAsync(input, folder["out.mkv"], Lossless)).Path;

        IReadOnlyList<string> expected = Clip.FrameHashes(input);
        Assert.True(expected.Count == 25, what);
        Assert.Equal(expected, Clip.FrameHashes(output));
        const string fields = "color_space,color_transfer,color_primaries,color_range";
        Assert.Equal(Clip.VideoFields(input, fields), Clip.VideoFields(output, fields));
    }

    [Theory]
    [InlineData("yuv420p", "-color_range tv -colorspace bt709 -color_trc bt709 -color_primaries bt709 -chroma_sample_location topleft")]
    [InlineData("yuvj420p", "-colorspace smpte170m")]
    [InlineData("yuv420p10le", "-color_range tv -colorspace bt2020nc -color_trc bt2020-10 -color_primaries bt2020")]
    public async Task Default_output_keeps_depth_range_and_tags(string format, string tags)
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mp4"], $"{Clip.Picture} -c:v libx264 -preset ultrafast -pix_fmt {format} {tags}");

        string output = (await RoundTrip.CopyAsync(input, folder["out.mp4"])).Path;

        const string fields = "color_space,color_transfer,color_primaries,color_range,pix_fmt,chroma_location";
        Assert.Equal(6, Clip.VideoFields(input, fields).Count);
        Assert.Equal(Clip.VideoFields(input, fields), Clip.VideoFields(output, fields));
    }

    [Fact]
    public async Task X264_at_crf_0_is_lossless()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mp4"], $"{Clip.Picture} {Clip.H264}");

        string output = (await RoundTrip.CopyAsync(input, folder["out.mp4"], RoundTrip.Fast with { Crf = 0 })).Path;

        Assert.Equal(Clip.FrameHashes(input), Clip.FrameHashes(output));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task A_turned_video_is_read_upright_and_written_upright(int degrees)
    {
        using TempFolder folder = new();
        Clip.Make(folder["flat.mp4"], $"{Clip.Picture} {Clip.H264} -vf setsar=4/3");
        string input = Clip.Make(folder["in.mp4"], $"-i {folder["flat.mp4"]} -c copy -metadata:s:v rotate={degrees}");

        MediaInfo media = await RoundTrip.ProbeAsync(input);
        string output = (await RoundTrip.CopyAsync(input, folder["out.mkv"], Lossless)).Path;

        bool onSide = degrees != 180;
        Assert.Equal(onSide ? new PixelSpec(48, 64, PixelFormat.Yuv420P8) : new PixelSpec(64, 48, PixelFormat.Yuv420P8), media.Video.Spec);
        Assert.Equal(onSide ? new Rational(3, 4) : new Rational(4, 3), media.Video.SampleAspect);
        Assert.NotEqual(0, media.Video.Rotation);
        Assert.Equal(Clip.FrameHashes(input), Clip.FrameHashes(output));
        Assert.Equal(0, (await RoundTrip.ProbeAsync(output)).Video.Rotation);
        Assert.Equal(onSide ? "3:4" : "4:3", Clip.VideoField(output, "sample_aspect_ratio"));
    }

    [Theory]
    [InlineData("out.mp4", "16:11")]
    [InlineData("out.mkv", "16:11")]
    // WebM states a size in whole pixels instead of a ratio: 3:2 of 64 is whole, 16:11 is not.
    [InlineData("out.webm", "3:2")]
    public async Task The_shape_of_pixels_survives(string name, string aspect)
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mp4"], $"{Clip.Picture} {Clip.H264} -vf setsar={aspect.Replace(':', '/')}");

        string output = (await RoundTrip.CopyAsync(input, folder[name])).Path;

        Assert.Equal(aspect, Clip.VideoField(output, "sample_aspect_ratio"));
    }

    [Fact]
    public async Task A_lossless_encoder_keeps_odd_sizes_as_they_are()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mkv"], $"{Clip.Picture} -vf format=yuv420p,crop=63:47:0:0:exact=1 -c:v ffv1");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mkv"], Lossless);

        Assert.Equal(Clip.FrameHashes(input), Clip.FrameHashes(result.Path));
        Assert.Empty(result.Notes);
    }

    [Fact]
    public async Task Odd_sizes_grow_by_one_repeated_line_where_the_encoder_needs_even_ones_and_the_result_says_so()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mkv"], $"{Clip.Picture} -vf format=yuv420p,crop=63:47:0:0:exact=1 -c:v ffv1");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mp4"], RoundTrip.Fast with { Crf = 0 });

        Assert.Equal(["width=64", "height=48"], Clip.VideoFields(result.Path, "width,height"));
        Assert.Contains("63x47 to 64x48", Assert.Single(result.Notes), StringComparison.Ordinal);
        // The picture inside is untouched: luma cut back to its old size is the old luma, chroma never changed.
        Assert.Equal(Clip.FrameHashes(input, "-vf extractplanes=y"), Clip.FrameHashes(result.Path, "-vf extractplanes=y,crop=63:47:0:0:exact=1"));
        Assert.Equal(Clip.FrameHashes(input, "-vf extractplanes=u"), Clip.FrameHashes(result.Path, "-vf extractplanes=u"));
        Assert.Equal(Clip.FrameHashes(input, "-vf extractplanes=y,crop=1:47:62:0:exact=1"), Clip.FrameHashes(result.Path, "-vf extractplanes=y,crop=1:47:63:0:exact=1"));
    }

    [Theory]
    [InlineData("yuv422p", "chroma was yuv422p")]
    [InlineData("yuvj444p", "chroma was yuvj444p")]
    [InlineData("yuv422p10le", "chroma was yuv422p10le")]
    [InlineData("yuv420p12le", "12 bits")]
    [InlineData("gray", "colours were gray")]
    public async Task Other_formats_are_brought_to_420_without_touching_luma_and_the_result_says_so(string format, string note)
    {
        using TempFolder folder = new();
        string range = format.StartsWith("yuvj", StringComparison.Ordinal) ? "-color_range pc" : string.Empty;
        string input = Clip.Make(folder["in.mkv"], $"{Clip.Picture} -c:v {(format.StartsWith("yuvj", StringComparison.Ordinal) ? "libx264 -crf 0 -preset ultrafast" : "ffv1")} -pix_fmt {format} {range}");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mkv"], Lossless);

        Assert.Contains(result.Notes, n => n.Contains(note, StringComparison.Ordinal));
        if (format is "yuv422p" or "yuvj444p" or "yuv422p10le")
        {
            Assert.Equal(Clip.FrameHashes(input, "-vf extractplanes=y"), Clip.FrameHashes(result.Path, "-vf extractplanes=y"));
        }
    }

    [Fact]
    public async Task Rgb_becomes_limited_bt601_and_the_color_spec_says_so()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mov"], "-f lavfi -i color=c=0x4080C0:size=64x48:rate=5:duration=1 -c:v png -pix_fmt rgb24");
        MediaInfo media = await RoundTrip.ProbeAsync(input);
        PixelPool pool = new();
        List<(int Y, int U, int V)> samples = [];

        await foreach (VideoFrame frame in new VideoSource(media, pool, RoundTrip.Tools, new DecodeOptions()).ReadAsync(TestContext.Current.CancellationToken))
        {
            samples.Add((frame.Pixels.Row(24)[32], frame.Pixels.Row(12, 1)[16], frame.Pixels.Row(12, 2)[16]));
            frame.Dispose();
        }

        Assert.Equal(new ColorSpec(YuvMatrix.Bt601, false), media.Video.Color);
        // BT.601: Y = 16 + 219 (.299 R + .587 G + .114 B), U = 128 + 112 (B - Y') / .886, V = 128 + 112 (R - Y') / .701, all of 255.
        double luma = ((0.299 * 0x40) + (0.587 * 0x80) + (0.114 * 0xC0)) / 255;
        Assert.Equal(5, samples.Count);
        Assert.All(samples, s =>
        {
            Assert.InRange(s.Y, 16 + (219 * luma) - 1, 16 + (219 * luma) + 1);
            Assert.InRange(s.U, 128 + (112 * ((0xC0 / 255.0) - luma) / 0.886) - 1.5, 128 + (112 * ((0xC0 / 255.0) - luma) / 0.886) + 1.5);
            Assert.InRange(s.V, 128 + (112 * ((0x40 / 255.0) - luma) / 0.701) - 1.5, 128 + (112 * ((0x40 / 255.0) - luma) / 0.701) + 1.5);
        });
        Assert.Equal(0, pool.Leased);
    }

    [Theory]
    [InlineData("smpte2084", "PQ")]
    [InlineData("arib-std-b67", "HLG")]
    public async Task Hdr_is_refused_in_one_sentence(string transfer, string name)
    {
        using TempFolder folder = new();
        string input = Clip.Make(
            folder["in.mp4"], $"{Clip.Picture} -c:v libx264 -preset ultrafast -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc {transfer} -colorspace bt2020nc");

        UserFacingException e = await RoundTrip.FailsAsync(FailureKind.Unsupported, () => RoundTrip.ProbeAsync(input));

        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libx265", "out.mp4", "hevc")]
    [InlineData("vp9", "out.webm", "vp9")]
    [InlineData("h264", "out.mkv", "h264")]
    public async Task Other_codecs_can_be_asked_for(string codec, string name, string expected)
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.webm"], $"{Clip.Picture} -c:v libvpx-vp9 -cpu-used 8 -deadline realtime");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder[name], RoundTrip.Fast with { Codec = codec });

        Assert.Equal(expected, Clip.VideoField(result.Path, "codec_name"));
        Assert.Equal(Clip.Milliseconds(input), Clip.Milliseconds(result.Path));
    }
}
