namespace VideoGaze.Pipeline.Running;

/// <summary>The two ways a sink can be ended, whatever it takes.</summary>
/// <param name="Meter">The sink's figures.</param>
/// <param name="CommitAsync">Makes its result final.</param>
/// <param name="AbandonAsync">Throws its result away.</param>
internal sealed record SinkEnd(StepMeter Meter, Func<CancellationToken, ValueTask> CommitAsync, Func<ValueTask> AbandonAsync);
