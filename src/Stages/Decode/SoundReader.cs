using System.Net.Sockets;
using System.Runtime.InteropServices;
using FFMpegCore;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Decode;

/// <summary>Reads the first audio stream of a file as one channel of 16-bit samples, for whoever wants to know how loud it is when.</summary>
public static class SoundReader
{
    /// <summary>Samples a second that are given, whatever the file has.</summary>
    public const int SamplesPerSecond = 16_000;

    /// <summary>Reads the sound.</summary>
    /// <param name="path">Anything with sound that ffmpeg reads.</param>
    /// <param name="seconds">How much of it; the rest is left unread.</param>
    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.InputMissing"/>, <see cref="FailureKind.InputUnreadable"/>.</exception>
    public static async Task<short[]> ReadAsync(string path, double seconds, FfmpegTools tools, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{path} does not exist: check the name.");
        }

        using SocketOutput socket = new();
        FfmpegRun ffmpeg = FfmpegRun.Start(tools, Arguments(path, seconds, socket));
        try
        {
            using MemoryStream bytes = new();
            NetworkStream? stream = await socket.ConnectAsync(ffmpeg.Ended, cancellationToken).ConfigureAwait(false);
            if (stream is not null)
            {
                await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            }

            FfmpegExit exit = await ffmpeg.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (exit.ExitCode != 0 || bytes.Length == 0)
            {
                throw new UserFacingException(FailureKind.InputUnreadable, $"{path} has no sound that ffmpeg can read ({FfmpegFailures.LastWords(exit.Errors, path)}): give another --sound.");
            }

            return MemoryMarshal.Cast<byte, short>(bytes.GetBuffer().AsSpan(0, (int)(bytes.Length & ~1L))).ToArray();
        }
        finally
        {
            ffmpeg.Stop();
        }
    }

    private static FFMpegArgumentProcessor Arguments(string path, double seconds, SocketOutput socket) => FFMpegArguments
        .FromInput(new FileInput(path), o => o.WithCustomArgument("-v error"))
        .OutputTo(socket, o => o.WithCustomArgument($"-map 0:a:0 -vn -t {FfmpegArgument.Seconds(seconds)} -ac 1 -ar {SamplesPerSecond} -f s16le"));
}
