using System.Net.Sockets;
using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Decode;

/// <summary>One decoding ffmpeg with its two connections.</summary>
internal sealed class DecodeRun : IAsyncDisposable
{
    private readonly string path;
    private readonly SocketOutput timesSocket = new();
    private readonly SocketOutput framesSocket = new();
    private readonly FfmpegRun ffmpeg;
    private FrameTimes? times;
    private NetworkStream? frames;
    private Rational? timeBase;
    private long decoded;

    private DecodeRun(MediaInfo media, FfmpegTools tools, DecodeOptions options)
    {
        path = media.Path;
        ffmpeg = FfmpegRun.Start(tools, DecodeArguments.Build(media, DecodeArguments.StartOf(options), timesSocket, framesSocket));
    }

    /// <summary>Seconds a tick of the times; known once a frame was read.</summary>
    public Rational TimeBase => timeBase ?? throw new InvalidOperationException("No frame was read yet.");

    /// <summary>Error lines so far.</summary>
    public long ErrorCount => ffmpeg.ErrorCount;

    /// <summary>Starts ffmpeg and waits for its connections.</summary>
    public static async Task<DecodeRun> StartAsync(MediaInfo media, FfmpegTools tools, DecodeOptions options, CancellationToken cancellationToken)
    {
        DecodeRun run = new(media, tools, options);
        try
        {
            NetworkStream? text = await run.timesSocket.ConnectAsync(run.ffmpeg.Ended, cancellationToken).ConfigureAwait(false);
            run.frames = await run.framesSocket.ConnectAsync(run.ffmpeg.Ended, cancellationToken).ConfigureAwait(false);
            if (text is null || run.frames is null)
            {
                throw await run.FailureAsync(await run.ffmpeg.Ended.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }

            run.times = new FrameTimes(text);
            return run;
        }
        catch
        {
            await run.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Error lines so far, the last few hundred.</summary>
    public IReadOnlyList<string> ErrorsSoFar() => ffmpeg.ErrorsSoFar();

    /// <summary>Reads the next frame's samples and time; null at the end of the stream.</summary>
    public async ValueTask<FrameTime?> ReadAsync(Memory<byte> samples, CancellationToken cancellationToken)
    {
        int read;
        FrameTime? time;
        try
        {
            read = await frames!.ReadAtLeastAsync(samples, samples.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            time = await times!.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // A connection broken rather than closed: ffmpeg died.
            throw await FailureAsync(await ffmpeg.Ended.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        timeBase ??= times.TimeBase;
        if (read == samples.Length && time is not null)
        {
            decoded++;
            return time;
        }

        if (read == 0 && time is null)
        {
            return null;
        }

        FfmpegExit exit = await ffmpeg.Ended.ConfigureAwait(false);
        throw exit.ExitCode != 0
            ? await FailureAsync(exit, cancellationToken).ConfigureAwait(false)
            : new UserFacingException(
                FailureKind.FfmpegFailed, $"ffmpeg's frames of {path} and their times do not match ({read} of {samples.Length} bytes in the last frame): this is a defect, please report it.");
    }

    /// <summary>After the last frame: ffmpeg must have ended well.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        FfmpegExit exit = await ffmpeg.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (exit.ExitCode != 0)
        {
            throw await FailureAsync(exit, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends ffmpeg if it still runs and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        ffmpeg.Stop();
        times?.Dispose();
        timesSocket.Dispose();
        framesSocket.Dispose();
        await ffmpeg.Ended.ConfigureAwait(false);
    }

    private async Task<Exception> FailureAsync(FfmpegExit exit, CancellationToken cancellationToken)
    {
        await Interruption.AwaitAsync(exit, cancellationToken).ConfigureAwait(false);
        return exit is { ExitCode: > 0 and < 128 } && decoded == 0
            ? FfmpegFailures.CannotRead(path, exit.Errors)
            : FfmpegFailures.Stopped(exit, "decoding " + path, output: null);
    }
}
