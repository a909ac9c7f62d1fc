using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VideoGaze.Faces.Tests.Models;

/// <summary>A small HTTP/1.1 server of one file on this machine that can be told to misbehave. Remembers what it was asked for.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    public FileServer()
    {
        listener.Start();
        loop = Task.Run(ServeAsync);
    }

    public byte[] File { get; init; } = [];

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/file.onnx");

    /// <summary>Status instead of the file.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether it answers to a range, or always sends all.</summary>
    public bool KnowsRanges { get; init; } = true;

    /// <summary>Closes the connection after so many bytes of a body.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Whether it says how long the body is.</summary>
    public bool StatesLength { get; init; } = true;

    /// <summary>First byte of each request's range; 0 for none.</summary>
    public List<long> Asked { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await loop;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                await AnswerAsync(client.GetStream());
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException)
            {
                // The test is over, or the client went away: both are its right.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        long from = 0;
        while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } line)
        {
            const string Range = "Range: bytes=";
            if (line.StartsWith(Range, StringComparison.OrdinalIgnoreCase))
            {
                from = long.Parse(line[Range.Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            }
        }

        Asked.Add(from);
        if (Refusal is not null)
        {
            await SendAsync(stream, $"HTTP/1.1 {Refusal}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", []);
            return;
        }

        bool partial = KnowsRanges && from > 0;
        if (partial && from >= File.Length)
        {
            await SendAsync(stream, "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", []);
            return;
        }

        byte[] body = partial ? File[(int)from..] : File;
        string head = partial ? $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{File.Length - 1}/{File.Length}\r\n" : "HTTP/1.1 200 OK\r\n";
        string length = StatesLength ? $"Content-Length: {body.Length}\r\n" : string.Empty;
        await SendAsync(stream, head + length + "Connection: close\r\n\r\n", CutAfter is { } cut && cut < body.Length ? body[..cut] : body);
    }

    private async Task SendAsync(NetworkStream stream, string head, byte[] body)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop.Token);
        await stream.WriteAsync(body, stop.Token);
    }
}
