namespace VideoGaze.Pipeline.Running;

/// <summary>What a step is.</summary>
public enum StepKind
{
    /// <summary>Where items come from.</summary>
    Source,

    /// <summary>One item in, one item out.</summary>
    Stage,

    /// <summary>Divides each item between two branches.</summary>
    Fork,

    /// <summary>Where items end.</summary>
    Sink,
}

/// <summary>What one step did in a run.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="MaxParallel">How many items it may work on at once.</param>
/// <param name="ItemsIn">Items it took; 0 for the source.</param>
/// <param name="ItemsOut">Items it finished; for a sink, items written.</param>
/// <param name="Busy">Time inside the step's own code, summed over its items: up to <paramref name="MaxParallel"/> times the wall time.</param>
/// <param name="Waited">For the source: how long it stood still because the graph was full. Else: how long items waited for this step, summed over items.</param>
/// <param name="MeanQueue">Items waiting for this step, averaged over the run.</param>
/// <param name="MaxQueue">The most items that waited for this step at once, finished by the step before it and not yet begun by this one.</param>
public sealed record StepReport(
    string Name,
    StepKind Kind,
    int MaxParallel,
    long ItemsIn,
    long ItemsOut,
    TimeSpan Busy,
    TimeSpan Waited,
    double MeanQueue,
    int MaxQueue);

/// <summary>What a run that went well did. A run that did not ends in an exception instead.</summary>
/// <param name="Steps">All steps in the order of the graph, left branch before right.</param>
/// <param name="Frames">Items the source gave; every sink has written as many.</param>
/// <param name="StoppedEarly">Whether the source was stopped before its end by <see cref="Graph.PipelineOptions.StopToken"/>.</param>
/// <param name="Wall">From the start to the last commit.</param>
/// <param name="Commit">The part of <paramref name="Wall"/> after the last item was written: the sinks making their results final.</param>
/// <param name="ProcessorTime">CPU time of this process during the run, all threads, without child processes such as ffmpeg.</param>
/// <param name="EngineTime">
/// Estimate of the CPU time the engine itself took: hops times the measured cost of one; null unless <see cref="Graph.PipelineOptions.EstimateEngineTime"/>. See <see cref="EngineCost"/>.
/// </param>
/// <param name="PeakBuffers">The most pixel buffers that were lent at once; 0 without a pool.</param>
/// <param name="PeakBufferBytes">The most bytes of pixels that were lent at once; 0 without a pool.</param>
/// <param name="LeakedBuffers">Pixel buffers that were lent during the run and not given back: 0, or a step has a defect.</param>
public sealed record RunReport(
    IReadOnlyList<StepReport> Steps,
    long Frames,
    bool StoppedEarly,
    TimeSpan Wall,
    TimeSpan Commit,
    TimeSpan ProcessorTime,
    TimeSpan? EngineTime,
    int PeakBuffers,
    long PeakBufferBytes,
    int LeakedBuffers)
{
    /// <summary>Frames a second of wall time.</summary>
    public double FramesPerSecond => Wall > TimeSpan.Zero ? Frames / Wall.TotalSeconds : 0;

    /// <summary>The engine's share of this process's CPU time, in [0, 1] or a little above where almost nothing else ran; null where it was not measured.</summary>
    public double? EngineShare => ProcessorTime > TimeSpan.Zero ? EngineTime / ProcessorTime : null;

    /// <summary>The report as a table of plain text, for people.</summary>
    public string ToTable() => RunReportTable.Render(this);
}
