using System.Collections.Concurrent;

namespace VideoGaze.Stages.Swap;

/// <summary>What calls of a swapper need, one set a call at a time: made when more calls run at once than ever before, used again after that.</summary>
/// <param name="make">Makes a set.</param>
internal sealed class IdleBuffers<T>(Func<T> make) : IDisposable
    where T : class, IDisposable
{
    private readonly ConcurrentBag<T> idle = [];

    /// <summary>A set for one call; give it back with <see cref="Return"/>.</summary>
    public T Take() => idle.TryTake(out T? waiting) ? waiting : make();

    /// <summary>Takes a set back.</summary>
    public void Return(T set) => idle.Add(set);

    /// <summary>Frees all sets that no call uses.</summary>
    public void Dispose()
    {
        while (idle.TryTake(out T? set))
        {
            set.Dispose();
        }
    }
}
