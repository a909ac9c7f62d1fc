using VideoGaze.Cli.Commands;

namespace VideoGaze.Cli.Tests;

public sealed class TimeOptionTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("12.5", 12.5)]
    [InlineData("90", 90)]
    [InlineData("1:02.5", 62.5)]
    [InlineData("01:00:02.25", 3602.25)]
    [InlineData("100:00", 6000)]
    public void Times_are_read_as_ffmpeg_users_write_them(string text, double seconds) => Assert.Equal(seconds, TimeOption.Seconds(text));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1:60")]
    [InlineData("1.5:00")]
    [InlineData("1:2:3:4")]
    [InlineData("1e3")]
    [InlineData("1:")]
    [InlineData("noon")]
    public void What_is_no_time_is_refused(string text) => Assert.Null(TimeOption.Seconds(text));
}
