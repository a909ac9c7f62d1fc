using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace VideoGaze.Stages.Measure;

/// <summary>Lets a sequence work ahead on a thread of its own, so that two videos are read side by side.</summary>
internal static class Ahead
{
    /// <summary>The same items in the same order, up to <paramref name="capacity"/> of them made in advance; those not taken are disposed.</summary>
    public static async IAsyncEnumerable<T> Of<T>(IAsyncEnumerable<T> items, int capacity, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IDisposable
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
        Task producer = Task.Run(() => ProduceAsync(items, channel.Writer, ending.Token), CancellationToken.None);
        try
        {
            await foreach (T item in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await producer.ConfigureAwait(false);
            while (channel.Reader.TryRead(out T? left))
            {
                left.Dispose();
            }
        }
    }

    /// <summary>Never throws: a failure travels through the channel to the reader.</summary>
    private static async Task ProduceAsync<T>(IAsyncEnumerable<T> items, ChannelWriter<T> writer, CancellationToken ending)
        where T : IDisposable
    {
        T? waiting = default;
        try
        {
            await foreach (T item in items.WithCancellation(ending).ConfigureAwait(false))
            {
                waiting = item;
                await writer.WriteAsync(item, ending).ConfigureAwait(false);
                waiting = default;
            }

            writer.Complete();
        }
        catch (Exception failure)
        {
            waiting?.Dispose();
            writer.Complete(failure);
        }
    }
}
