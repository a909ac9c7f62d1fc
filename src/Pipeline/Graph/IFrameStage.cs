namespace VideoGaze.Pipeline.Graph;

/// <summary>How many items a stage may work on at once.</summary>
/// <param name="MaxParallel">1: in order, one at a time (a stage with memory, such as a tracker). More: any order inside, order restored behind it.</param>
public readonly record struct StageConcurrency(int MaxParallel)
{
    /// <summary>One item at a time, in order.</summary>
    public static StageConcurrency Sequential => new(1);

    /// <summary>Up to <paramref name="count"/> items at once; the stage must be thread-safe.</summary>
    public static StageConcurrency Parallel(int count) => new(count);
}

/// <summary>
/// One step. Ownership: on success the input belongs to the stage (it is inside the output or disposed); if the call throws, the runner disposes the input.
/// Disposal of items must therefore be idempotent.
/// </summary>
/// <typeparam name="TIn">What it takes.</typeparam>
/// <typeparam name="TOut">What it makes of it; one output for each input.</typeparam>
public interface IFrameStage<in TIn, TOut>
{
    /// <summary>Short lower-case name for reports, for instance <c>detect</c>.</summary>
    string Name { get; }

    /// <summary>How many calls may run at once.</summary>
    StageConcurrency Concurrency { get; }

    /// <summary>Turns one item into the next.</summary>
    ValueTask<TOut> ProcessAsync(TIn item, CancellationToken cancellationToken);
}
