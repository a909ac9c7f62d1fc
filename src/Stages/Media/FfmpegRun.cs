using System.ComponentModel;
using FFMpegCore;
using FFMpegCore.Exceptions;

namespace VideoGaze.Stages.Media;

/// <summary>How an ffmpeg process ended.</summary>
/// <param name="ExitCode">0: well. 128 + n: killed by signal n. 255: ended itself after SIGINT or SIGTERM.</param>
/// <param name="Errors">Its error lines, in order, the last few hundred at most.</param>
/// <param name="StoppedByUs">Whether <see cref="FfmpegRun.Stop"/> was called before it ended.</param>
internal sealed record FfmpegExit(int ExitCode, IReadOnlyList<string> Errors, bool StoppedByUs)
{
    private const int Interrupt = 2, Terminate = 15;

    /// <summary>Whether SIGINT or SIGTERM ended it: as it does itself, or at once where they come before it has taken them over.</summary>
    public bool IsInterrupted => ExitCode is 255 or 128 + Interrupt or 128 + Terminate;
}

/// <summary>One running ffmpeg, started through FFMpegCore.</summary>
internal sealed class FfmpegRun
{
    // Enough to explain any failure; a damaged film can print millions.
    private const int KeptErrorLines = 400;

    private readonly Lock gate = new();
    private readonly Queue<string> errors = new();
    private Action stop = static () => { };
    private long errorCount;
    private bool stopRequested;

    private FfmpegRun() => Ended = Task.FromResult(new FfmpegExit(0, [], false));

    /// <summary>Completes when ffmpeg has ended; never faults because of ffmpeg's failure.</summary>
    public Task<FfmpegExit> Ended { get; private set; }

    /// <summary>Error lines printed so far.</summary>
    public long ErrorCount => Interlocked.Read(ref errorCount);

    /// <summary>Starts ffmpeg.</summary>
    /// <param name="tools">Where it is.</param>
    /// <param name="processor">What it is to do.</param>
    public static FfmpegRun Start(FfmpegTools tools, FFMpegArgumentProcessor processor)
    {
        FfmpegRun run = new();
        FFOptions options = new() { BinaryFolder = tools.LaunchFolder };
        processor.NotifyOnStandardError(run.Note).CancellableThrough(out Action kill, TimeSpan.Zero);
        run.stop = kill;
        // FFMpegCore checks the program synchronously before it starts it: off the caller's thread.
        run.Ended = Task.Run(() => run.RunAsync(processor, options));
        return run;
    }

    /// <summary>The last error lines so far.</summary>
    public IReadOnlyList<string> ErrorsSoFar()
    {
        lock (gate)
        {
            return [.. errors];
        }
    }

    /// <summary>Kills ffmpeg if it runs. Closing its sockets as well covers the moment before FFMpegCore listens.</summary>
    public void Stop()
    {
        stopRequested = true;
        try
        {
            stop();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // FFMpegCore first asks politely over standard input, which is gone if ffmpeg ends at this very moment.
        }
    }

    private async Task<FfmpegExit> RunAsync(FFMpegArgumentProcessor processor, FFOptions options)
    {
        try
        {
            FFMpegResult result = await processor.ProcessAsynchronously(throwOnError: false, options).ConfigureAwait(false);
            return new FfmpegExit(result.ExitCode, ErrorsSoFar(), stopRequested);
        }
        catch (OperationCanceledException) when (stopRequested)
        {
            return new FfmpegExit(137, ErrorsSoFar(), true);
        }
        catch (Exception e) when (e is FFMpegException or Win32Exception)
        {
            // It could not even be started.
            return new FfmpegExit(127, [.. ErrorsSoFar(), e.Message], stopRequested);
        }
    }

    private void Note(string line)
    {
        // ffmpeg counts a repeated line instead of printing it, which keeps a flood of complaints small.
        if (string.IsNullOrWhiteSpace(line) || line.Contains("Last message repeated", StringComparison.Ordinal))
        {
            return;
        }

        Interlocked.Increment(ref errorCount);
        lock (gate)
        {
            errors.Enqueue(line);
            if (errors.Count > KeptErrorLines)
            {
                errors.Dequeue();
            }
        }
    }
}
