using System.Runtime.CompilerServices;

namespace VideoGaze.Stages.Measure;

/// <summary>Walks two sequences in step: to each item of the first the one of the second that is nearest in time.</summary>
internal static class TimePairing
{
    /// <summary>
    /// Pairs every item of <paramref name="first"/> in order. Both sequences have growing times. Items of the second are disposed when nothing can pair with them any more;
    /// the caller disposes those of the first, and must not keep the second beyond its turn.
    /// </summary>
    /// <param name="first">Sequence that every item of comes back.</param>
    /// <param name="second">Sequence that is searched.</param>
    /// <param name="firstTime">Seconds.</param>
    /// <param name="secondTime">Seconds.</param>
    /// <param name="tolerance">Seconds beyond which there is no pair.</param>
    /// <param name="cancellationToken">Ends both.</param>
    public static async IAsyncEnumerable<(TFirst First, TSecond? Second)> PairAsync<TFirst, TSecond>(
        IAsyncEnumerable<TFirst> first,
        IAsyncEnumerable<TSecond> second,
        Func<TFirst, double> firstTime,
        Func<TSecond, double> secondTime,
        double tolerance,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TSecond : class, IDisposable
    {
        TSecond? near = null;
        TSecond? next = null;
        await using IAsyncEnumerator<TSecond> others = second.GetAsyncEnumerator(cancellationToken);
        try
        {
            near = await NextAsync(others).ConfigureAwait(false);
            next = near is null ? null : await NextAsync(others).ConfigureAwait(false);
            await foreach (TFirst item in first.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                double time = firstTime(item);
                while (near is not null && next is not null && Math.Abs(secondTime(next) - time) <= Math.Abs(secondTime(near) - time))
                {
                    near.Dispose();
                    near = next;
                    next = await NextAsync(others).ConfigureAwait(false);
                }

                yield return (item, near is not null && Math.Abs(secondTime(near) - time) <= tolerance ? near : null);
            }
        }
        finally
        {
            near?.Dispose();
            next?.Dispose();
        }
    }

    private static async ValueTask<T?> NextAsync<T>(IAsyncEnumerator<T> items)
        where T : class => await items.MoveNextAsync().ConfigureAwait(false) ? items.Current : null;
}
