using VideoGaze.Stages.Media;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Tests.Media;

/// <summary>What names of pixel formats and colour tags mean. No ffmpeg needed.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData("yuv420p", 8, true, true, 8, false)]
    [InlineData("yuvj420p", 8, true, true, 8, false)]
    [InlineData("yuv420p10le", 10, true, true, 10, false)]
    [InlineData("yuv420p12le", 0, true, true, 12, false)]
    [InlineData("yuv422p", 0, true, false, 8, false)]
    [InlineData("yuva444p10le", 10, true, false, 10, true)]
    [InlineData("yuv410p", 0, true, false, 8, false)]
    [InlineData("nv12", 0, true, true, 8, false)]
    [InlineData("p010le", 0, true, true, 10, false)]
    [InlineData("p216le", 0, true, false, 16, false)]
    [InlineData("rgb24", 8, false, false, 8, false)]
    [InlineData("rgb48be", 0, false, false, 16, false)]
    [InlineData("gbrp10le", 0, false, false, 10, false)]
    [InlineData("bgra", 0, false, false, 8, true)]
    [InlineData("pal8", 0, false, false, 8, true)]
    [InlineData("gray", 0, false, false, 8, false)]
    [InlineData("gray12le", 0, false, false, 12, false)]
    public void Pixel_formats_are_understood_by_name(string name, int statedBits, bool isYuv, bool is420, int bits, bool alpha) =>
        Assert.Equal(new CodedPixelFormat(isYuv, is420, bits, alpha), CodedPixelFormat.Parse(name, statedBits));

    [Theory]
    [InlineData(null, null, "yuv420p", 1280, 720, YuvMatrix.Bt709, false)]
    [InlineData(null, null, "yuv420p", 720, 576, YuvMatrix.Bt601, false)]
    [InlineData(null, null, "yuv420p", 480, 640, YuvMatrix.Bt709, false)]
    [InlineData(null, null, "yuvj420p", 1920, 1080, YuvMatrix.Bt601, true)]
    [InlineData("pc", "bt709", "yuv420p", 320, 240, YuvMatrix.Bt709, true)]
    [InlineData("tv", "smpte170m", "yuv420p", 1920, 1080, YuvMatrix.Bt601, false)]
    [InlineData("tv", "bt2020nc", "yuv420p10le", 3840, 2160, YuvMatrix.Bt2020, false)]
    public void Colours_are_read_as_tagged_and_untagged_ones_as_players_do(
        string? range, string? matrix, string format, int width, int height, YuvMatrix expected, bool full) =>
        Assert.Equal(new ColorSpec(expected, full), new ColorTags(range, matrix, null, null, null).Resolve(format, width, height));

    [Fact]
    public void An_unknown_matrix_is_not_guessed() => Assert.Null(new ColorTags("tv", "ictcp", null, null, null).Resolve("yuv420p10le", 1920, 1080));

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a \"b\"", "\"a \\\"b\\\"\"")]
    [InlineData(@"c:\d\", @"""c:\d\\""")]
    public void Arguments_are_quoted_for_the_splitter(string value, string expected) => Assert.Equal(expected, FfmpegArgument.Quote(value));
}
