using System.Diagnostics;
using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;

namespace VideoGaze.Stages.Tests.Media;

/// <summary>Every ending but the good one: stopped early, cancelled, ffmpeg killed. No process, no socket, no file, no buffer is left.</summary>
public sealed class EndingTests
{
    // Frames of 115 KB: a handful fills the sockets, so that both ffmpegs wait for us in the middle of the film.
    private const string Film = "-f lavfi -i testsrc2=size=320x240:rate=25:duration=6 -c:v libx264 -preset ultrafast";

    [Fact]
    public async Task Stopping_early_ends_ffmpeg_at_once()
    {
        using TempFolder folder = new();
        VideoSource source = await SourceAsync(folder, out PixelPool pool);

        await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.NotNull(Clip.Running(folder.Path));
            frame.Dispose();
            break;
        }

        Assert.Null(Clip.Running(folder.Path));
        Assert.Equal(0, pool.Leased);
        Assert.True(source.Damage.IsSound);
    }

    [Fact]
    public async Task A_slow_consumer_holds_ffmpeg_back()
    {
        using TempFolder folder = new();
        VideoSource source = await SourceAsync(folder, out PixelPool pool);
        int read = 0;

        await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            // 150 frames are 17 MB; the sockets between hold far less, so ffmpeg cannot be done yet.
            if (++read == 100)
            {
                Assert.NotNull(Clip.Running(folder.Path));
            }

            Assert.Equal(1, pool.Leased);
            frame.Dispose();
        }

        Assert.Equal(150, read);
        Assert.Equal(1, pool.PeakLeased);
    }

    [Fact]
    public async Task A_cancelled_read_ends_soon_and_leaves_nothing()
    {
        using TempFolder folder = new();
        using CancellationTokenSource cancel = new();
        VideoSource source = await SourceAsync(folder, out PixelPool pool);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (VideoFrame frame in source.ReadAsync(cancel.Token))
            {
                frame.Dispose();
                await cancel.CancelAsync();
            }
        });

        Assert.Null(Clip.Running(folder.Path));
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_killed_decoder_is_named_with_its_signal()
    {
        using TempFolder folder = new();
        VideoSource source = await SourceAsync(folder, out PixelPool pool);

        UserFacingException e = await RoundTrip.FailsAsync(FailureKind.FfmpegFailed, async () =>
        {
            bool killed = false;
            await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
            {
                frame.Dispose();
                if (!killed)
                {
                    Kill(folder.Path);
                    killed = true;
                }
            }
        });

        Assert.Contains("killed (signal 9)", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_killed_encoder_is_named_with_its_signal_and_leaves_no_output()
    {
        using TempFolder folder = new();
        VideoSource source = await SourceAsync(folder, out PixelPool pool);
        VideoSink sink = new(source.Media, folder["out.mp4"], RoundTrip.Tools, RoundTrip.Fast);

        UserFacingException e = await RoundTrip.FailsAsync(FailureKind.FfmpegFailed, async () =>
        {
            bool killed = false;
            await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
            {
                try
                {
                    await sink.WriteAsync(frame, TestContext.Current.CancellationToken);
                }
                catch
                {
                    frame.Dispose();
                    throw;
                }

                if (!killed)
                {
                    Kill(folder["out.partial.mp4"]);
                    killed = true;
                }
            }
        });
        await sink.AbandonAsync();

        Assert.Contains("killed (signal 9)", e.Message, StringComparison.Ordinal);
        Assert.Equal(["in.mp4"], folder.Names);
        Assert.Equal(0, pool.Leased);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_encoder_that_is_interrupted_before_it_listens_is_started_once_more(int interruptions)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals and terminals' groups are of Unix.");
        using TempFolder folder = new();
        VideoSource source = await SourceAsync(folder, out PixelPool pool);

        // As Ctrl+C does it in the milliseconds before ffmpeg has left the terminal's group.
        string launch = Directory.CreateDirectory(folder["launch"]).FullName, counter = Path.Combine(launch, "started");
        string script = Path.Combine(launch, "ffmpeg");
        await File.WriteAllTextAsync(
            script,
            $"#!/bin/sh\n[ \"$1\" = -version ] || echo >>'{counter}'\n[ \"$1\" = -version ] || [ $(wc -l <'{counter}') -gt {interruptions} ] || kill -INT $$\nexec '{RoundTrip.Tools.Ffmpeg}' \"$@\"\n",
            TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(launch, "ffprobe"), RoundTrip.Tools.Ffprobe);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        VideoSink sink = new(source.Media, folder["out.mp4"], RoundTrip.Tools with { LaunchFolder = launch }, RoundTrip.Fast);

        if (interruptions == 1)
        {
            await WriteAllAsync();
            await sink.CommitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(150, sink.Result!.Frames);
        }
        else
        {
            UserFacingException e = await RoundTrip.FailsAsync(FailureKind.FfmpegFailed, WriteAllAsync);
            await sink.AbandonAsync();
            Assert.Contains("killed (signal 2)", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("out.mp4", folder.Names);
        }

        Assert.Equal(0, pool.Leased);

        async Task WriteAllAsync()
        {
            await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
            {
                try
                {
                    await sink.WriteAsync(frame, TestContext.Current.CancellationToken);
                }
                catch
                {
                    frame.Dispose();
                    throw;
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60)]
    public async Task An_abandoned_output_is_gone_wherever_it_stood(int written)
    {
        using TempFolder folder = new();
        VideoSource source = await SourceAsync(folder, out PixelPool pool);
        VideoSink sink = new(source.Media, folder["out.mp4"], RoundTrip.Tools, RoundTrip.Fast);

        int left = written;
        await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            if (left-- == 0)
            {
                frame.Dispose();
                break;
            }

            await sink.WriteAsync(frame, TestContext.Current.CancellationToken);
        }

        await sink.AbandonAsync();
        await sink.AbandonAsync();

        Assert.Equal(["in.mp4"], folder.Names);
        Assert.Null(Clip.Running(folder.Path));
        Assert.Null(sink.Result);
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_cancelled_commit_leaves_nothing()
    {
        using TempFolder folder = new();
        VideoSource source = await SourceAsync(folder, out PixelPool pool);
        VideoSink sink = new(source.Media, folder["out.mp4"], RoundTrip.Tools, RoundTrip.Fast);
        await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            await sink.WriteAsync(frame, TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sink.CommitAsync(new CancellationToken(canceled: true)));

        Assert.Equal(["in.mp4"], folder.Names);
        Assert.Null(Clip.Running(folder.Path));
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_source_can_be_read_twice_and_at_the_same_time()
    {
        using TempFolder folder = new();
        VideoSource source = await SourceAsync(folder, out PixelPool pool);

        long[] counts = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            long count = 0;
            await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
            {
                count++;
                frame.Dispose();
            }

            return count;
        }));

        Assert.Equal([150L, 150, 150], counts);
        Assert.Equal(0, pool.Leased);
    }

    private static Task<VideoSource> SourceAsync(TempFolder folder, out PixelPool pool)
    {
        PixelPool fresh = pool = new();
        return MakeAsync();

        async Task<VideoSource> MakeAsync() => new(await RoundTrip.ProbeAsync(Clip.Make(folder["in.mp4"], Film)), fresh, RoundTrip.Tools, new DecodeOptions());
    }

    private static void Kill(string commandLinePart)
    {
        using Process? process = Clip.Running(commandLinePart);
        Assert.NotNull(process);
        process.Kill();
    }
}
