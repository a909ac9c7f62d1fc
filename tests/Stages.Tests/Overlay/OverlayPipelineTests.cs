using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Provenance;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Tests.Media;
using VideoGaze.Stages.Tests.Report;

namespace VideoGaze.Stages.Tests.Overlay;

/// <summary>An overlay from video and report to video.</summary>
public sealed class OverlayPipelineTests : IDisposable
{
    // Every frame but some: their times are uneven, as a phone's are.
    private const string Uneven = "-f lavfi -i testsrc2=size=320x240:rate=30:duration=1 -f lavfi -i sine=duration=1 -vf select='not(eq(mod(n,7),3))' -fps_mode vfr -c:v libx264 -preset ultrafast -bf 2 -c:a aac";

    private static readonly GazeSetup Setup = new("stand-in", [new ModelRecord("gaze", "g.onnx", new string('a', 64))], new GazeOptions());
    private readonly TempFolder folder = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("process")]
    [InlineData("measure")]
    public async Task It_has_the_output_s_frames_at_their_times_and_its_sound_and_is_marked(string command)
    {
        string video = Clip.Make(folder["out.mp4"], Uneven);
        IReadOnlyList<Int128> times = Clip.Times(video);
        string report = await WriteAsync(command, times);
        List<long> done = [];

        OverlayResult result = await OverlayPipeline.RunAsync(
            new() { Report = report, Video = video, Output = folder["overlay.mp4"], Encode = RoundTrip.Fast with { ExtraMetadata = ProvenanceMarks.Tags("test") } },
            new Progress(done),
            CancellationToken.None,
            Ended);

        Assert.Equal(times.Count, result.Output.Frames);
        Assert.Equal(times.Count, result.Matched);
        Assert.False(result.StoppedEarly);
        Assert.Equal(times, Clip.Times(folder["overlay.mp4"]));
        Assert.Equal(Clip.PacketHashes(video, "a"), Clip.PacketHashes(folder["overlay.mp4"], "a"));
        Assert.Equal(Enumerable.Range(1, times.Count).Select(i => (long)i), done);
        Assert.Contains(Clip.Probe(folder["overlay.mp4"], "-show_entries format_tags -of default=noprint_wrappers=1"), tag => tag.EndsWith(ProvenanceMarks.DigitalSourceType, StringComparison.Ordinal));
        Assert.NotEqual(Clip.FrameHashes(video), Clip.FrameHashes(folder["overlay.mp4"]));
        Assert.Equal(["gaze.ndjson", "out.mp4", "overlay.mp4"], folder.Names);
    }

    [Fact]
    public async Task What_is_given_up_leaves_nothing_and_what_is_stopped_a_shorter_video()
    {
        string video = Clip.Make(folder["out.mp4"], Uneven);
        var options = new OverlayPipelineOptions { Report = await WriteAsync("process", Clip.Times(video)), Video = video, Output = folder["overlay.mp4"], Encode = RoundTrip.Fast };
        using var abort = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OverlayPipeline.RunAsync(options, new Progress([], abort), CancellationToken.None, abort.Token));
        Assert.Equal(["gaze.ndjson", "out.mp4"], folder.Names);

        using var stop = new CancellationTokenSource();
        OverlayResult stopped = await OverlayPipeline.RunAsync(options, new Progress([], stop), stop.Token, Ended);
        Assert.True(stopped.StoppedEarly);
        Assert.Equal(Clip.Times(video).Take((int)stopped.Output.Frames), Clip.Times(folder["overlay.mp4"]));
    }

    [Fact]
    public async Task Neither_the_video_itself_nor_one_that_is_there_is_written_over()
    {
        string video = Clip.Make(folder["out.mp4"], Uneven);
        var options = new OverlayPipelineOptions { Report = await WriteAsync("process", Clip.Times(video)), Video = video, Output = video, Encode = RoundTrip.Fast with { Overwrite = true } };
        Assert.Equal(FailureKind.Usage, (await FailureAsync(options)).Kind);
        Assert.Equal(FailureKind.OutputExists, (await FailureAsync(options with { Output = Clip.Make(folder["there.mp4"], Uneven), Encode = new EncodeOptions() })).Kind);
        Assert.Equal(FailureKind.InputMissing, (await FailureAsync(options with { Report = folder["gone.ndjson"], Output = folder["x.mp4"] })).Kind);
    }

    private static Task<UserFacingException> FailureAsync(OverlayPipelineOptions options) =>
        Assert.ThrowsAsync<UserFacingException>(() => OverlayPipeline.RunAsync(options, null, CancellationToken.None, Ended));

    /// <summary>A report with a line for each time, in picoseconds.</summary>
    private async Task<string> WriteAsync(string command, IReadOnlyList<Int128> times)
    {
        GazeReportSink sink = GazeReportSink.ToFile(folder["gaze.ndjson"], GazeReportHeader.For(Setup, command, "in.mp4", "out.mp4", provenance: null));
        for (int i = 0; i < times.Count; i++)
        {
            await sink.WriteAsync(LiveSamples.Frame(i) with { Time = Math.Round((double)times[i] / 1e12, 6) }, Ended);
        }

        await sink.CommitAsync(Ended);
        return folder["gaze.ndjson"];
    }

    private sealed class Progress(List<long> done, CancellationTokenSource? end = null) : IProgress<(long Done, long? All)>
    {
        public void Report((long Done, long? All) value)
        {
            done.Add(value.Done);
            end?.Cancel();
        }
    }
}
