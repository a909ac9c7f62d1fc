using System.Globalization;

namespace VideoGaze.Stages.Report.Live;

/// <summary>How a viewer's connection ended.</summary>
public enum LiveEnd
{
    /// <summary>The run ended and the viewer was told.</summary>
    Told,

    /// <summary>The viewer did not read for too long.</summary>
    Dropped,

    /// <summary>The viewer went away, or the server did.</summary>
    Gone,
}

/// <summary>Tells one viewer of a run, as server-sent events (HTML Standard, section 9.2). It holds one message at a time: what is behind waits in the feed, not here.</summary>
/// <param name="feed">The run.</param>
/// <param name="time">Measures pauses and patience.</param>
public sealed class LiveViewer(LiveFeed feed, TimeProvider time)
{
    // Five messages a second look as smooth as the run itself and cost the same for any number of frames.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Some proxies end connections that are silent for half a minute; and only writing finds out who went away.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    // Figures are made anew when they are asked for: also while no frame comes.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    /// <summary>How long a viewer may take to read one message.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tells until the run ends or the viewer does. Never throws for what a viewer does.</summary>
    /// <param name="target">To the viewer.</param>
    /// <param name="lastId">What a viewer that comes back says it has had; empty for a new one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<LiveEnd> ServeAsync(Stream target, string lastId, CancellationToken cancellationToken)
    {
        LiveCursor? known = lastId.Length == 0 ? default(LiveCursor) : LiveCursor.Parse(lastId, feed.Run);
        try
        {
            if (known is not { } cursor)
            {
                // It watched another run at this address: the page has to begin anew.
                return await WriteAsync(target, "data: {\"reset\":true}\n\n"u8.ToArray(), cancellationToken).ConfigureAwait(false) ? LiveEnd.Told : LiveEnd.Dropped;
            }

            TimeSpan silent = TimeSpan.Zero;
            while (true)
            {
                // Asked for before reading, so that nothing falls between.
                Task changed = feed.Changed;
                LiveMessage? message = feed.Read(cursor);
                if (message is null)
                {
                    silent = await IsOverAsync(changed, Glance, cancellationToken).ConfigureAwait(false) ? TimeSpan.Zero : silent + Glance;
                    if (silent < Heartbeat)
                    {
                        continue;
                    }
                }

                silent = TimeSpan.Zero;
                byte[] bytes = message is null ? ":\n\n"u8.ToArray() : Event(message);
                if (!await WriteAsync(target, bytes, cancellationToken).ConfigureAwait(false))
                {
                    return LiveEnd.Dropped;
                }

                if (message is { IsLast: true })
                {
                    return LiveEnd.Told;
                }

                cursor = message?.Next ?? cursor;
                if (message is { HasMore: false })
                {
                    await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or ObjectDisposedException)
        {
            return LiveEnd.Gone;
        }
    }

    private byte[] Event(LiveMessage message)
    {
        using var buffer = new MemoryStream(message.Json.Length + 80);
        // A second is soon enough to come back to a run, or to the next at its address.
        buffer.Write("retry: 1000\n"u8);
        buffer.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {message.Next.ToId(feed.Run)}\ndata: ")));
        buffer.Write(message.Json);
        buffer.Write("\n\n"u8);
        return buffer.ToArray();
    }

    /// <summary>False where it was not over within a time.</summary>
    private async Task<bool> IsOverAsync(Task task, TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(within, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>False where the viewer did not take it in time. What is still being written then is the target's to end.</summary>
    private async Task<bool> WriteAsync(Stream target, byte[] bytes, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task writing = WriteAllAsync();
        bool isTaken = await IsOverAsync(writing, Patience, cancellationToken).ConfigureAwait(false);
        if (!isTaken)
        {
            await ending.CancelAsync().ConfigureAwait(false);
            _ = writing.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        return isTaken;

        async Task WriteAllAsync()
        {
            await target.WriteAsync(bytes, ending.Token).ConfigureAwait(false);
            await target.FlushAsync(ending.Token).ConfigureAwait(false);
        }
    }
}
