using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Report.Live;

namespace VideoGaze.Live;

/// <summary>Serves the page of a run and its news. It starts no thread of its own and holds nothing of the run: a viewer that does not read is cut off.</summary>
public sealed class LiveServer : IAsyncDisposable
{
    // Far more than look at one run, few enough that a fault elsewhere cannot eat this process's sockets.
    private const int MostConnections = 256;

    // At the end of a run: what a viewer on the same machine needs to hear of it.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly WebApplication application;
    private readonly LiveFeed feed;
    private readonly LiveAddress address;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;
    private readonly ConcurrentDictionary<string, int> ends = new();
    private readonly CancellationTokenSource closing = new();

    private LiveServer(LiveFeed feed, LiveAddress address, TimeProvider time, TimeSpan patience)
    {
        (this.feed, this.address, this.time, this.patience) = (feed, address, time, patience);

        // Empty: no settings from the environment or the working folder, no log on the console.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;

            // Viewers are judged by LiveViewer, which knows when there is something to read.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(address.Host, address.Port);
        });
        builder.Services.AddRoutingCore();

        // The program's own handling of Ctrl+C decides when a run ends, and the server with it.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        application = builder.Build();
        application.Use(GuardAsync);
        application.MapGet("/", PageAsync);
        application.MapGet("/events", EventsAsync);
    }

    /// <summary>Where the page is.</summary>
    public Uri Url { get; private set; } = new("http://localhost/");

    /// <summary>How many viewers' connections ended in each way.</summary>
    public int Count(LiveEnd end) => ends.GetValueOrDefault(end.ToString());

    /// <summary>Starts to serve.</summary>
    /// <param name="feed">The run.</param>
    /// <param name="address">Where.</param>
    /// <param name="time">Measures pauses and patience.</param>
    /// <param name="patience">How long a viewer may take to read a message; null for ten seconds.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.PortUnavailable"/>.</exception>
    public static async Task<LiveServer> StartAsync(LiveFeed feed, LiveAddress address, TimeProvider time, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        var server = new LiveServer(feed, address, time, patience ?? TimeSpan.FromSeconds(10));
        try
        {
            await server.application.StartAsync().ConfigureAwait(false);
            server.Url = address.Url(new Uri(server.application.Urls.First()).Port);
            return server;
        }
        catch (Exception failure) when (failure is IOException or SocketException or InvalidOperationException)
        {
            await server.application.DisposeAsync().ConfigureAwait(false);
            throw Unavailable(address, failure);
        }
    }

    /// <summary>Tells viewers what is left to tell and stops. The run must have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Farewell, time);
        limit.Token.Register(closing.Cancel);
        await application.StopAsync(limit.Token).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
        closing.Dispose();
    }

    /// <summary>Stops at once and tells viewers nothing, as if the process had been killed.</summary>
    internal async Task StopNowAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        await application.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
    }

    private static UserFacingException Unavailable(LiveAddress address, Exception failure)
    {
        SocketError? reason = (failure as SocketException ?? failure.InnerException as SocketException ?? failure.InnerException?.InnerException as SocketException)?.SocketErrorCode;
        string where = $"Port {address.Port} of {address.Host}";
        string words = (failure, reason) switch
        {
            ({ InnerException: AddressInUseException }, _) or (_, SocketError.AddressAlreadyInUse) => $"{where} is in use: name another with --live PORT, or let --live auto find one.",
            (_, SocketError.AccessDenied) => $"{where} is not for ordinary users: name one from 1024 on with --live PORT, or let --live auto find one.",
            (_, SocketError.AddressNotAvailable) => $"{address.Host} is no address of this machine: give one that it has with --live-host, or leave that out.",
            _ => $"{where} cannot be had ({failure.Message.TrimEnd('.')}): name another with --live PORT, or let --live auto find one.",
        };
        return new(FailureKind.PortUnavailable, words, failure);
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (address.Answers(context.Request.Host.Host))
        {
            await next(context).ConfigureAwait(false);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        }
    }

    private async Task PageAsync(HttpContext context)
    {
        string? page = await feed.PageAsync(context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = page is null ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.ContentType = page is null ? "text/plain; charset=utf-8" : "text/html; charset=utf-8";
        await context.Response.WriteAsync(page ?? "The run ended before there was anything to show. " + feed.Words, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing.Token);
        var viewer = new LiveViewer(feed, time) { Patience = patience };
        LiveEnd end = await viewer.ServeAsync(context.Response.Body, context.Request.Headers["Last-Event-ID"].ToString(), ending.Token).ConfigureAwait(false);
        ends.AddOrUpdate(end.ToString(), 1, static (_, count) => count + 1);
        if (end != LiveEnd.Told)
        {
            context.Abort();
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
