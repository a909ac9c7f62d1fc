namespace VideoGaze.Pipeline.Running;

/// <summary>
/// What really travels between blocks. A block must see neither exception nor token (it would lose what it holds), so an item that was dropped
/// after a failure or a cancel travels on as an empty envelope, which keeps the count and the order.
/// </summary>
/// <param name="Index">Position among the source's items, from 0.</param>
/// <param name="Live">Whether there is an item inside.</param>
/// <param name="Item">The item, owned by whoever holds the envelope.</param>
/// <param name="ReadyAt">Timestamp at which the step before was done with it.</param>
internal readonly record struct Envelope<T>(long Index, bool Live, T Item, long ReadyAt)
{
    /// <summary>The envelope of an item that was dropped.</summary>
    public static Envelope<T> Empty(long index) => new(index, Live: false, default!, 0);
}
