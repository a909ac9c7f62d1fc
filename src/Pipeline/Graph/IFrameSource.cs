namespace VideoGaze.Pipeline.Graph;

/// <summary>Where items come from, in order. The consumer owns each item as soon as it is yielded.</summary>
/// <typeparam name="T">The item; if it is <see cref="IDisposable"/> the runner disposes every item that does not reach a sink.</typeparam>
public interface IFrameSource<out T>
{
    /// <summary>Short lower-case name for reports, for instance <c>decode</c>.</summary>
    string Name { get; }

    /// <summary>Yields all items. A cancelled token ends the sequence soon, with <see cref="OperationCanceledException"/> or just early.</summary>
    IAsyncEnumerable<T> ReadAsync(CancellationToken cancellationToken);
}
