using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Pipeline.Graph;

/// <summary>How a graph is run.</summary>
public sealed record PipelineOptions
{
    /// <summary>
    /// Items that may wait before each step, besides those it is working on; at least 1. Memory grows with it: the whole graph holds at most the sum over steps of
    /// this and the step's parallelism, and one item in the source's hand. 4 evens out steps of uneven speed about as well as 16 does (benchmarks/README.md).
    /// </summary>
    public int LinkCapacity { get; init; } = 4;

    /// <summary>The pool the items' pixels come from, for peaks and leaks in the report; null if there is none.</summary>
    public PixelPool? Pool { get; init; }

    /// <summary>Clock of the report's durations. Only its timestamps are used, never the time of day.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// The orderly early end (a first Ctrl+C): when it is cancelled the source stops, what was read is finished, and the sinks commit a shorter but whole result.
    /// </summary>
    public CancellationToken StopToken { get; init; }

    /// <summary>Whether to estimate the engine's own CPU time for the report, by a short measurement (about 10 ms) after the run.</summary>
    public bool EstimateEngineTime { get; init; }
}
