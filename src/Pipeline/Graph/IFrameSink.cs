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

    /// <summary>
    /// Takes the next item, in order. If the call throws, the runner disposes the item. A cancelled token means that the result will be abandoned:
    /// the call must end soon, for the runner waits for it.
    /// </summary>
    ValueTask WriteAsync(T item, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the result final, for instance by renaming <c>name.partial</c>. Called once, after every item of the whole run was written everywhere.
    /// Sinks commit one after another, left branch first. A commit that throws must itself leave nothing behind, for <see cref="AbandonAsync"/> does not follow;
    /// the sinks after it are abandoned, those before it have committed and stay.
    /// </summary>
    ValueTask CommitAsync(CancellationToken cancellationToken);

    /// <summary>Throws the result away. Never throws itself.</summary>
    ValueTask AbandonAsync();
}
