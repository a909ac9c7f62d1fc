using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Tests.Media;

/// <summary>Every frame comes out once and at its own time.</summary>
public sealed class TimeTests
{
    // Frames 0..24 of 25 a second, thinned and stretched: steps of 40, 80 and 200 ms.
    private const string Uneven = "-vf select='not(eq(mod(n\\,4)\\,2))',setpts='(N*N+3*N)*0.02/TB' -fps_mode vfr";

    [Theory]
    [InlineData("constant rate", "a.mp4", "-c:a aac")]
    [InlineData("29.97", "a.mp4", "-r 30000/1001")]
    [InlineData("uneven in mp4", "a.mp4", Uneven)]
    [InlineData("uneven in mkv", "a.mkv", Uneven)]
    [InlineData("starting at half a second in mkv", "a.mkv", "-vf setpts=PTS+0.5/TB")]
    [InlineData("starting at half a second in mp4", "a.mp4", "-vf setpts=PTS+0.5/TB")]
    [InlineData("fine ticks", "a.mp4", "-video_track_timescale 1000000")]
    [InlineData("transport stream", "a.ts", "")]
    [InlineData("avi", "a.avi", "-bf 0")]
    [InlineData("quicktime", "a.mov", "")]
    public async Task Frames_come_out_at_the_times_they_came_in(string what, string name, string options)
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in-" + name], $"{Clip.Picture} {Clip.H264} {options}");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mp4"]);

        IReadOnlyList<Int128> expected = Clip.Times(input);
        Assert.True(expected.Count > 10, what);
        Assert.Equal(expected.Count, result.Frames);
        Assert.Equal(expected, Clip.Times(result.Path));
        Assert.Equal([Path.GetFileName(input), "out.mp4"], folder.Names);
    }

    [Theory]
    [InlineData("out.mp4", -3)]
    [InlineData("out.mkv", -3)]
    [InlineData("out.mp4", 7)]
    public async Task Times_off_zero_keep_their_distances(string name, int firstTick)
    {
        using TempFolder folder = new();
        MediaInfo media = await RoundTrip.ProbeAsync(Clip.Make(folder["in.mp4"], $"{Clip.Picture} {Clip.H264}"));
        PixelPool pool = new();
        await using VideoSink sink = new(media, folder[name], RoundTrip.Tools, RoundTrip.Fast);
        for (int i = 0; i < 12; i++)
        {
            PixelBuffer pixels = pool.Rent(media.Video.Spec);
            pixels.Bytes.Fill((byte)(i * 9));
            await sink.WriteAsync(new VideoFrame(new FrameStamp(i, firstTick + (i * i), new Rational(1, 50)), pixels), TestContext.Current.CancellationToken);
        }

        await sink.CommitAsync(TestContext.Current.CancellationToken);

        IReadOnlyList<Int128> times = Clip.Times(folder[name]);
        // No container here can begin below zero: the whole file is moved up instead.
        Assert.Equal(Math.Max(0, firstTick) * (Int128)20_000_000_000, times[0]);
        Assert.Equal(Enumerable.Range(0, 12).Select(static i => i * i * (Int128)20_000_000_000), times.Select(t => t - times[0]));
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_recording_that_begins_hours_late_is_moved_to_zero_and_says_so()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.ts"], $"{Clip.Picture} {Clip.H264} -output_ts_offset 5000");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mp4"]);

        IReadOnlyList<Int128> before = Clip.Times(input), after = Clip.Times(result.Path);
        Assert.Equal(before.Select(t => t - before[0]), after.Select(t => t - after[0]));
        Assert.InRange((double)after[0] / 1e12, 0, 0.1);
        Assert.Contains("begins at 0", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".mkv")]
    [InlineData(".mov")]
    [InlineData(".webm")]
    public async Task Uneven_times_survive_in_every_container(string extension)
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mp4"], $"{Clip.Picture} {Clip.H264} {Uneven}");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out" + extension]);

        Assert.Equal(Clip.Milliseconds(input), Clip.Milliseconds(result.Path));
    }

    [Fact]
    public async Task A_gif_becomes_a_video_at_its_own_pace()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.gif"], "-f lavfi -i testsrc2=size=64x48:rate=10:duration=1");

        EncodeResult result = await RoundTrip.CopyAsync(input, folder["out.mp4"]);

        Assert.Equal(10, result.Frames);
        Assert.Equal(Clip.Times(input), Clip.Times(result.Path));
        Assert.Equal("smpte170m", Clip.VideoField(result.Path, "color_space"));
        Assert.Equal("tv", Clip.VideoField(result.Path, "color_range"));
    }

    [Fact]
    public async Task Stamps_are_the_containers_own_ticks()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mp4"], $"{Clip.Picture} {Clip.H264} -video_track_timescale 12800");

        (IReadOnlyList<FrameStamp> stamps, DamageReport damage) = await RoundTrip.ReadAsync(input);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => new FrameStamp(i, i * 512, new Rational(1, 12800))), stamps);
        Assert.True(damage.IsSound);
        Assert.Equal(25, damage.FramesRead);
    }

    [Theory]
    [InlineData(0.2, 0.6, 5, 14)]
    [InlineData(null, 0.4, 0, 9)]
    [InlineData(0.4, null, 10, 24)]
    [InlineData(0.41, 0.45, 11, 11)]
    [InlineData(0.0, 9.0, 0, 24)]
    public async Task A_range_holds_exactly_the_frames_whose_time_lies_in_it(double? start, double? end, int first, int last)
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mp4"], $"{Clip.Picture} {Clip.H264} -video_track_timescale 12800");

        DecodeOptions options = new(new TimeRange(start, end));
        (IReadOnlyList<FrameStamp> stamps, _) = await RoundTrip.ReadAsync(input, options);

        Assert.InRange(new VideoSource(await RoundTrip.ProbeAsync(input), new PixelPool(), RoundTrip.Tools, options).FramesExpected ?? -1, stamps.Count - 1, stamps.Count + 1);
        Assert.Equal(Enumerable.Range(first, last - first + 1).Select(static i => i * 512L), stamps.Select(static s => s.Pts));
        Assert.Equal(0, stamps[0].Index);
    }

    [Fact]
    public async Task A_range_far_into_a_video_is_reached_by_seeking_and_still_exact()
    {
        using TempFolder folder = new();
        string input = Clip.Make(folder["in.mkv"], $"-f lavfi -i testsrc2=size=64x48:rate=25:duration=8 {Clip.H264} -g 50 -flags +cgop");

        (IReadOnlyList<FrameStamp> stamps, DamageReport damage) = await RoundTrip.ReadAsync(input, new DecodeOptions(new TimeRange(6.04, 6.2)));

        Assert.Equal([6040L, 6080, 6120, 6160], stamps.Select(static s => s.Pts));
        Assert.True(damage.FramesRead < 130, $"{damage.FramesRead} frames were decoded: no seek");
    }

    [Fact]
    public async Task A_range_of_a_video_begins_at_zero_and_takes_its_sound_along()
    {
        using TempFolder folder = new();
        string input = Clip.Make(
            folder["in.mp4"],
            "-f lavfi -i testsrc2=size=64x48:rate=25:duration=4 -f lavfi -i sine=frequency=440:duration=4 " + $"{Clip.H264} -c:a aac -video_track_timescale 12800");
        TimeRange range = new(1, 3);

        await RoundTrip.CopyAsync(input, folder["out.mp4"], RoundTrip.Fast with { Range = range }, new DecodeOptions(range));

        Assert.Equal(Enumerable.Range(0, 50).Select(static i => (Int128)i * 40_000_000_000), Clip.Times(folder["out.mp4"]));
        // A packet of sound is 1024 samples at 44.1 kHz, 23 ms: the cut falls on packets.
        double[] sound = [.. AudioTimes(folder["out.mp4"])];
        double[] whole = [.. AudioTimes(input)];
        Assert.InRange(sound[0], 0, 0.0233);
        Assert.InRange(sound[^1], 2 - 0.0466, 2);
        Assert.Contains(whole, t => Math.Abs(t - 1 - sound[0]) < 0.0001);
        IReadOnlyList<string> hashes = AudioHashes(folder["out.mp4"]);
        Assert.Equal(AudioHashes(input).SkipWhile(h => h != hashes[0]).Take(hashes.Count), hashes);
    }

    private static IEnumerable<double> AudioTimes(string path) => Clip.Probe(path, "-select_streams a:0 -show_entries packet=pts_time -of csv=p=0")
        .Select(static l => double.Parse(l.TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture));

    private static IReadOnlyList<string> AudioHashes(string path) => [.. Clip.Probe(path, "-select_streams a:0 -show_packets -show_data_hash md5 -show_entries packet=data_hash -of csv=p=0")];
}
