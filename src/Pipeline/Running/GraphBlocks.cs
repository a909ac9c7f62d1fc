using System.Threading.Tasks.Dataflow;
using VideoGaze.Pipeline.Graph;

namespace VideoGaze.Pipeline.Running;

/// <summary>
/// Makes the Dataflow blocks of one run: the only place that touches them. The rules, all against losing an item or waiting for ever:
/// every block is bounded; no block gets a token; no body lets an exception out. A body that fails tells <see cref="RunState"/>, disposes what it holds and
/// sends an empty envelope on; from then on every body does the same with whatever still arrives, so the graph always drains to its end.
/// </summary>
internal sealed class GraphBlocks(RunState state, int linkCapacity, TimeProvider clock)
{
    private static readonly DataflowLinkOptions PassCompletion = new() { PropagateCompletion = true };

    private readonly List<Task> completions = [];
    private readonly List<StepMeter> meters = [];
    private readonly List<SinkEnd> sinks = [];
    private Func<Task>? pump;

    /// <summary>All steps in the order of the graph.</summary>
    public IReadOnlyList<StepMeter> Meters => meters;

    /// <summary>All sinks in the order they commit.</summary>
    public IReadOnlyList<SinkEnd> Sinks => sinks;

    /// <summary>Whether the source was stopped before its own end. Final once <see cref="DrainAsync"/> is done.</summary>
    public bool StoppedEarly { get; private set; }

    /// <summary>Starts the source and waits until every block is empty. Never throws: what went wrong is in the <see cref="RunState"/>.</summary>
    public async Task DrainAsync()
    {
        // On the pool, because a source may work long before its first await.
        await Task.Run(pump!, CancellationToken.None).ConfigureAwait(false);
        await Task.WhenAll(completions).ConfigureAwait(false);
    }

    public Link<T> AddSource<T>(IFrameSource<T> source)
    {
        Link<T> next = new();
        StepMeter meter = Meter(source.Name, StepKind.Source, 1);
        pump = () => PumpAsync(source, meter, next);
        return next;
    }

    public Link<TOut> AddStage<TIn, TOut>(Link<TIn> from, IFrameStage<TIn, TOut> stage)
    {
        int parallel = stage.Concurrency.MaxParallel;
        StepMeter meter = Meter(stage.Name, StepKind.Stage, parallel);
        Link<TOut>? next = null;
        TransformBlock<Envelope<TIn>, Envelope<TOut>> block = new(envelope => RunStageAsync(stage, meter, envelope, next!), Options(parallel));
        next = new Link<TOut>(target => block.LinkTo(target, PassCompletion));
        completions.Add(block.Completion);
        from.Connect(block, meter);
        return next;
    }

    public (Link<TLeft> Left, Link<TRight> Right) AddFork<T, TLeft, TRight>(Link<T> from, Func<T, (TLeft Left, TRight Right)> split)
    {
        StepMeter meter = Meter("fork", StepKind.Fork, 1);
        Link<TLeft> left = new();
        Link<TRight> right = new();
        ActionBlock<Envelope<T>> block = new(envelope => RunForkAsync(split, meter, envelope, left, right), Options(1));
        completions.Add(CompleteBothAsync(block.Completion, left.Complete, right.Complete));
        from.Connect(block, meter);
        return (left, right);
    }

    public void AddSink<T>(Link<T> from, IFrameSink<T> sink)
    {
        StepMeter meter = Meter(sink.Name, StepKind.Sink, 1);
        ActionBlock<Envelope<T>> block = new(envelope => RunSinkAsync(sink, meter, envelope), Options(1));
        completions.Add(block.Completion);
        sinks.Add(new SinkEnd(meter, sink.CommitAsync, sink.AbandonAsync));
        from.Connect(block, meter);
    }

    private static async Task CompleteBothAsync(Task completion, Action left, Action right)
    {
        await completion.ConfigureAwait(false);
        left();
        right();
    }

    private StepMeter Meter(string name, StepKind kind, int parallel)
    {
        StepMeter meter = new(name, kind, parallel, clock);
        meters.Add(meter);
        return meter;
    }

    // A block's bound counts what it works on too, so the parallelism is added to what may wait.
    private ExecutionDataflowBlockOptions Options(int parallel) => new()
    {
        BoundedCapacity = linkCapacity + parallel,
        MaxDegreeOfParallelism = parallel,
        EnsureOrdered = true,
    };

    private async Task PumpAsync<T>(IFrameSource<T> source, StepMeter meter, Link<T> next)
    {
        long index = 0;
        bool exhausted = false;
        try
        {
            if (!state.ReadToken.IsCancellationRequested)
            {
                IAsyncEnumerator<T> items = source.ReadAsync(state.ReadToken).GetAsyncEnumerator(state.ReadToken);
                await using (items.ConfigureAwait(false))
                {
                    long beganAt = clock.GetTimestamp();
                    while (!state.ReadToken.IsCancellationRequested)
                    {
                        if (!await items.MoveNextAsync().ConfigureAwait(false))
                        {
                            exhausted = !state.StopRequested;
                            break;
                        }

                        long readAt = meter.Work(beganAt, delivered: true);
                        await HandOnAsync(next, index, items.Current, meter.Name).ConfigureAwait(false);
                        beganAt = meter.Blocked(readAt);
                        index++;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (state.StopRequested && !state.Ended)
        {
            // The orderly stop: a source may answer its token this way.
        }
        catch (Exception exception)
        {
            state.Fail(meter.Name, index, exception);
        }

        StoppedEarly = !exhausted && state.StopRequested;
        next.Complete();
    }

    private async Task<Envelope<TOut>> RunStageAsync<TIn, TOut>(IFrameStage<TIn, TOut> stage, StepMeter meter, Envelope<TIn> envelope, Link<TOut> next)
    {
        if (!Take(meter, envelope, out long beganAt))
        {
            return Envelope<TOut>.Empty(envelope.Index);
        }

        try
        {
            TOut output = await stage.ProcessAsync(envelope.Item, state.WorkToken).ConfigureAwait(false);
            meter.Work(beganAt, delivered: true);
            return next.Wrap(envelope.Index, output);
        }
        catch (Exception exception)
        {
            FailAndDrop(meter, beganAt, envelope, exception);
            return Envelope<TOut>.Empty(envelope.Index);
        }
    }

    private async Task RunForkAsync<T, TLeft, TRight>(
        Func<T, (TLeft Left, TRight Right)> split, StepMeter meter, Envelope<T> envelope, Link<TLeft> left, Link<TRight> right)
    {
        if (!Take(meter, envelope, out long beganAt))
        {
            return;
        }

        TLeft leftPart;
        TRight rightPart;
        try
        {
            (leftPart, rightPart) = split(envelope.Item);
        }
        catch (Exception exception)
        {
            FailAndDrop(meter, beganAt, envelope, exception);
            return;
        }

        // Before the hand-over: waiting for room in a branch is not the fork's work.
        meter.Work(beganAt, delivered: true);
        await HandOnAsync(left, envelope.Index, leftPart, meter.Name).ConfigureAwait(false);
        await HandOnAsync(right, envelope.Index, rightPart, meter.Name).ConfigureAwait(false);
    }

    private async Task RunSinkAsync<T>(IFrameSink<T> sink, StepMeter meter, Envelope<T> envelope)
    {
        if (!Take(meter, envelope, out long beganAt))
        {
            return;
        }

        try
        {
            await sink.WriteAsync(envelope.Item, state.WorkToken).ConfigureAwait(false);
            meter.Work(beganAt, delivered: true);
        }
        catch (Exception exception)
        {
            FailAndDrop(meter, beganAt, envelope, exception);
        }
    }

    /// <summary>Takes an envelope up. False: there is nothing to do, and if there was an item in it, it has been disposed.</summary>
    private bool Take<T>(StepMeter meter, Envelope<T> envelope, out long beganAt)
    {
        if (!envelope.Live)
        {
            beganAt = 0;
            return false;
        }

        beganAt = meter.Take(envelope.ReadyAt);
        if (!state.Ended)
        {
            return true;
        }

        Drop(meter.Name, envelope.Index, envelope.Item);
        return false;
    }

    private async Task HandOnAsync<T>(Link<T> link, long index, T item, string step)
    {
        // After an end the step behind would dispose it just so; not waiting for its turn lets the graph drain sooner.
        if (state.Ended)
        {
            Drop(step, index, item);
        }
        else if (!await link.SendAsync(link.Wrap(index, item)).ConfigureAwait(false))
        {
            Drop(step, index, item);
            state.Fail(step, index, new InvalidOperationException($"The step behind '{step}' refused item {index} before the graph was done."));
        }
    }

    private void FailAndDrop<T>(StepMeter meter, long beganAt, Envelope<T> envelope, Exception exception)
    {
        meter.Work(beganAt, delivered: false);
        state.Fail(meter.Name, envelope.Index, exception);
        Drop(meter.Name, envelope.Index, envelope.Item);
    }

    private void Drop<T>(string step, long index, T item)
    {
        try
        {
            (item as IDisposable)?.Dispose();
        }
        catch (Exception exception)
        {
            state.Fail(step, index, exception);
        }
    }
}
