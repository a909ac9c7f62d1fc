namespace VideoGaze.Pipeline.Graph;

/// <summary>
/// Where items end. After the last item the runner calls exactly one of <see cref="CommitAsync"/> (the whole run went well) or
/// <see cref="AbandonAsync"/> (anything failed or was cancelled); an abandoned sink leaves nothing under its final name.
/// </summary>
/// <typeparam name="T">The item. The sink owns it and disposes it when done.</typeparam>
public interface IFrameSink<in T>
{
    /// <summary>Short lower-case name for reports, for instance <c>encode</c>.</summary>
    string Name { get; }

    /// <summary>Takes the next item, in order. If the call throws, the runner disposes the item.</summary>
    ValueTask WriteAsync(T item, CancellationToken cancellationToken);

    /// <summary>Makes the result final, for instance by renaming <c>name.partial</c>. Called once, after every item of the whole run was written everywhere.</summary>
    ValueTask CommitAsync(CancellationToken cancellationToken);

    /// <summary>Throws the result away. Never throws itself.</summary>
    ValueTask AbandonAsync();
}
