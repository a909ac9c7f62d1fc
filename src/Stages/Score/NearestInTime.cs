namespace VideoGaze.Stages.Score;

/// <summary>
/// Gives away, moment after moment, the one item of a sequence that is shown then, and counts those that no moment asked for. Unlike
/// <see cref="Measure.TimePairing"/> the taker owns what it takes, so it can travel on; no item is given twice.
/// </summary>
/// <typeparam name="T">Items with growing times.</typeparam>
/// <param name="items">The sequence; enumerated once.</param>
/// <param name="time">Seconds of an item.</param>
/// <param name="tolerance">Seconds beyond which an item is of another moment.</param>
internal sealed class NearestInTime<T>(IAsyncEnumerator<T> items, Func<T, double> time, double tolerance) : IAsyncDisposable
    where T : class, IDisposable
{
    private T? near;
    private T? next;
    private bool started;

    /// <summary>Items that were passed over so far.</summary>
    public long Surplus { get; private set; }

    /// <summary>The item of a moment, or null. Moments grow.</summary>
    public async ValueTask<T?> TakeAsync(double seconds)
    {
        if (!started)
        {
            started = true;
            near = await ReadAsync().ConfigureAwait(false);
            next = near is null ? null : await ReadAsync().ConfigureAwait(false);
        }

        while (near is not null && next is not null && Math.Abs(time(next) - seconds) <= Math.Abs(time(near) - seconds))
        {
            near.Dispose();
            Surplus++;
            await ShiftAsync().ConfigureAwait(false);
        }

        if (near is null || Math.Abs(time(near) - seconds) > tolerance)
        {
            return null;
        }

        T found = near;
        near = null;
        await ShiftAsync().ConfigureAwait(false);
        return found;
    }

    /// <summary>Reads the rest, so that <see cref="Surplus"/> counts all.</summary>
    public async ValueTask DrainAsync()
    {
        // Nothing is shown at the end of time: every item but the last is passed over.
        await TakeAsync(double.PositiveInfinity).ConfigureAwait(false);
        if (near is not null)
        {
            near.Dispose();
            near = null;
            Surplus++;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        near?.Dispose();
        next?.Dispose();
        await items.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask ShiftAsync()
    {
        near = next;
        next = null;
        next = near is null ? null : await ReadAsync().ConfigureAwait(false);
    }

    private async ValueTask<T?> ReadAsync() => await items.MoveNextAsync().ConfigureAwait(false) ? items.Current : null;
}
