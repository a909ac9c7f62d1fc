using VideoGaze.Cli.Terminal;
using VideoGaze.Cli.Tests.Support;

namespace VideoGaze.Cli.Tests;

public sealed class ProgressTests
{
    private static readonly RunProgress Begun = new(0, 268, "frame", string.Empty);

    [Fact]
    public void A_line_tells_place_rate_time_left_and_note() => Assert.Equal(
        "frame 120 of 268, 10.0 frames/s, 0:15 left, gaze error 1.2 degrees",
        new RunProgress(120, 268, "frame", "gaze error 1.2 degrees").Line(Begun, TimeSpan.FromSeconds(12)));

    [Fact]
    public void Without_a_known_length_no_time_left_is_invented() => Assert.Equal(
        "frame 120, 10.0 frames/s",
        new RunProgress(120, null, "frame", string.Empty).Line(Begun, TimeSpan.FromSeconds(12)));

    [Fact]
    public void What_a_resumed_run_did_before_does_not_make_it_fast() => Assert.Equal(
        "step 6050 of 7000, 5.0 steps/s, 3:10 left",
        new RunProgress(6050, 7000, "step", string.Empty).Line(new(6000, 7000, "step", string.Empty), TimeSpan.FromSeconds(10)));

    [Fact]
    public void More_frames_than_the_container_stated_leave_no_time_not_a_negative_one() =>
        Assert.Equal(TimeSpan.Zero, new RunProgress(300, 268, "frame", string.Empty).Remaining(Begun, TimeSpan.FromSeconds(30)));

    [Fact]
    public async Task A_log_gets_a_line_each_ten_seconds_and_standard_output_nothing()
    {
        RecordingTerminal recording = new();
        SteppedTime time = new();

        int result = await ProgressDisplay.ShowAsync(recording.Terminal, time, "swapping", progress =>
        {
            for (int frame = 1; frame <= 25; frame++)
            {
                time.Now += TimeSpan.FromSeconds(1);
                progress.Report(new(frame, 25, "frame", string.Empty));
            }

            return Task.FromResult(25);
        });

        Assert.Equal(25, result);
        Assert.Equal(
            ["videogaze: frame 11 of 25, 1.0 frames/s, 0:14 left", "videogaze: frame 21 of 25, 1.0 frames/s, 0:04 left"],
            recording.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(recording.Out);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
