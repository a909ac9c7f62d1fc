using VideoGaze.Pipeline.Graph;

namespace VideoGaze.EngineOverhead;

/// <summary>The same item again and again.</summary>
internal sealed class Items(int count) : IFrameSource<Item>
{
    public string Name => "items";

    public async IAsyncEnumerable<Item> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Item item = new();
        await Task.CompletedTask.ConfigureAwait(false);
        for (int i = 0; i < count; i++)
        {
            yield return item;
        }
    }
}

/// <summary>An item without content.</summary>
internal sealed class Item;

/// <summary>Waits as long as it is told, then passes the item on.</summary>
internal sealed class Step(int parallel, Func<TimeSpan>? wait = null) : IFrameStage<Item, Item>
{
    public string Name => "step";

    public StageConcurrency Concurrency => StageConcurrency.Parallel(parallel);

    public async ValueTask<Item> ProcessAsync(Item item, CancellationToken cancellationToken)
    {
        if (wait is not null)
        {
            await Task.Delay(wait(), cancellationToken).ConfigureAwait(false);
        }

        return item;
    }
}

/// <summary>Takes items and does nothing.</summary>
internal sealed class Nowhere : IFrameSink<Item>
{
    public string Name => "nowhere";

    public ValueTask WriteAsync(Item item, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask AbandonAsync() => ValueTask.CompletedTask;
}
