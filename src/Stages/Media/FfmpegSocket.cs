using System.Net.Sockets;
using FFMpegCore;
using FFMpegCore.Arguments;

namespace VideoGaze.Stages.Media;

/// <summary>
/// One end of a byte stream whose other end is ffmpeg: an FFMpegCore input or output over a Unix-domain socket that this class, not FFMpegCore, closes.
/// FFMpegCore's own pipes are closed as soon as ffmpeg exits, which loses what is still in the socket's buffer (the last frame), and they swallow the
/// reader's exception. Here the reader reads to the end of the stream whenever it likes, and errors surface where they happen.
/// </summary>
internal abstract class FfmpegSocket : IInputOutputArgument, IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), "videogaze-" + Guid.NewGuid().ToString("N")[..16] + ".sock");
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private NetworkStream? stream;

    /// <summary>Listens at once, so that ffmpeg finds it whenever it starts.</summary>
    protected FfmpegSocket()
    {
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
    }

    /// <inheritdoc/>
    public abstract string Text { get; }

    /// <summary>How ffmpeg names this end, quoted.</summary>
    protected string Url => FfmpegArgument.Quote("unix:" + path);

    /// <summary>Called by FFMpegCore before ffmpeg starts.</summary>
    public void Pre(FFOptions ffOptions)
    {
    }

    /// <summary>Called by FFMpegCore while ffmpeg runs; the transfer is the owner's business.</summary>
    public Task During(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called by FFMpegCore when ffmpeg has ended; deliberately nothing, see the class.</summary>
    public void Post()
    {
    }

    /// <summary>The stream, as soon as ffmpeg has connected; null if ffmpeg ended without ever doing so.</summary>
    /// <param name="ended">Completes when ffmpeg ends.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<NetworkStream?> ConnectAsync(Task ended, CancellationToken cancellationToken)
    {
        using CancellationTokenSource giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<Socket> accepting = listener.AcceptAsync(giveUp.Token).AsTask();
        await Task.WhenAny(accepting, ended).ConfigureAwait(false);
        if (!accepting.IsCompleted && !listener.Poll(TimeSpan.Zero, SelectMode.SelectRead))
        {
            await giveUp.CancelAsync().ConfigureAwait(false);
        }

        try
        {
            Socket socket = await accepting.ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            // The name has done its work; a process that is killed later leaves none behind.
            File.Delete(path);
            return stream;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>Closes the connection: a reading ffmpeg sees the end of its input, a writing one fails.</summary>
    public void Dispose()
    {
        stream?.Dispose();
        listener.Dispose();
        File.Delete(path);
    }
}

/// <summary>A stream that ffmpeg reads.</summary>
/// <param name="format">Demuxer name.</param>
internal sealed class SocketInput(string format) : FfmpegSocket, IInputArgument
{
    /// <inheritdoc/>
    public override string Text => $"-f {format} -i {Url}";
}

/// <summary>A stream that ffmpeg writes.</summary>
internal sealed class SocketOutput : FfmpegSocket, IOutputArgument
{
    /// <inheritdoc/>
    public override string Text => Url + " -y";
}
