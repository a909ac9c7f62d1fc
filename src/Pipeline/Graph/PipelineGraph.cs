using VideoGaze.Pipeline.Running;

namespace VideoGaze.Pipeline.Graph;

/// <summary>
/// A whole run, from one source to one sink or, behind forks, to several:
/// <code>
/// PipelineGraph graph = PipelineGraph.From(decode).Then(detect).Then(blend).Fork(
///     frame => (frame.Picture, frame.Crops),
///     picture => picture.To(encode),
///     crops => crops.Then(gaze).To(report));
/// RunReport done = await graph.RunAsync(new PipelineOptions(), cancellationToken);
/// </code>
/// The graph drives its steps and owns the items between them; the steps themselves stay the caller's, to be disposed after the run.
/// docs/engine.md tells who owns what, and how runs end.
/// </summary>
public sealed class PipelineGraph
{
    private readonly Action<GraphBlocks> build;
    private int started;

    private PipelineGraph(Action<GraphBlocks> build) => this.build = build;

    /// <summary>Begins a graph at its source.</summary>
    public static PipelinePath<T, PipelineGraph> From<T>(IFrameSource<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new(blocks => blocks.AddSource(source), build => new PipelineGraph(build));
    }

    /// <summary>
    /// Runs until every item has reached a sink and all sinks have committed. Whatever the ending, on return no step is running and every item was disposed;
    /// unless the run went well, no sink has a result under its final name (but see <see cref="IFrameSink{T}.CommitAsync"/> for a commit that fails).
    /// </summary>
    /// <param name="options">Capacities, clock, the pool to watch, the token for an early but orderly end.</param>
    /// <param name="cancellationToken">The hard cancel: what is in flight is thrown away and the sinks are abandoned.</param>
    /// <returns>What the run did and how long each step took.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled before the sinks had committed.</exception>
    /// <exception cref="InvalidOperationException">The graph was run before: its sinks can commit only once.</exception>
    /// <remarks>Any exception of a step comes out as it was thrown, with its own stack; <see cref="RunFailure.Of"/> tells the step and the frame.</remarks>
    public Task<RunReport> RunAsync(PipelineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LinkCapacity, 1, nameof(options));
        if (Interlocked.Exchange(ref started, 1) != 0)
        {
            throw new InvalidOperationException("A pipeline graph runs once: its sinks cannot commit a second time.");
        }

        return PipelineRun.ExecuteAsync(build, options, cancellationToken);
    }
}
