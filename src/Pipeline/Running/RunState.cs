namespace VideoGaze.Pipeline.Running;

/// <summary>
/// Whether a run still goes well, and if not, why it ends. The first reason wins and is final. The order of things matters:
/// the reason is written before the steps' token is cancelled, so an <see cref="OperationCanceledException"/> thrown while no reason is known is a step's own failure.
/// </summary>
internal sealed class RunState : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationToken caller;
    private readonly CancellationToken stop;
    private readonly CancellationTokenSource work = new();
    private readonly CancellationTokenSource reading;
    private readonly CancellationTokenRegistration callerRegistration;
    private readonly List<Exception> later = [];
    private volatile bool ended;
    private Exception? failure;
    private string? failedStep;
    private long? failedIndex;

    public RunState(CancellationToken caller, CancellationToken stop)
    {
        this.caller = caller;
        this.stop = stop;
        reading = CancellationTokenSource.CreateLinkedTokenSource(work.Token, stop);
        callerRegistration = caller.Register(Cancel);
    }

    /// <summary>Whether the run failed or was cancelled: whoever holds an item disposes it and starts nothing new.</summary>
    public bool Ended => ended;

    /// <summary>The token stages and sinks get: cancelled as soon as their result is of no more use.</summary>
    public CancellationToken WorkToken => work.Token;

    /// <summary>The token the source gets: as <see cref="WorkToken"/>, and cancelled by the orderly stop too.</summary>
    public CancellationToken ReadToken => reading.Token;

    /// <summary>Whether the caller asked for an orderly early end.</summary>
    public bool StopRequested => stop.IsCancellationRequested;

    /// <summary>A step threw.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="index">Which item, where that is known.</param>
    /// <param name="exception">What it threw.</param>
    public void Fail(string step, long? index, Exception exception)
    {
        // A step may watch the caller's own token, which is cancelled an instant before our registration runs.
        if (exception is OperationCanceledException && caller.IsCancellationRequested)
        {
            Cancel();
            return;
        }

        lock (gate)
        {
            if (!ended)
            {
                (failure, failedStep, failedIndex) = (exception, step, index);
                ended = true;
            }
            else if (exception is not OperationCanceledException)
            {
                later.Add(exception);
            }
        }

        CancelWork();
    }

    /// <summary>The exception to end the run with: the step's own, or the cancellation.</summary>
    public Exception Reason()
    {
        lock (gate)
        {
            if (failure is null)
            {
                return new OperationCanceledException(
                    "The run was cancelled.",
                    later.Count == 0 ? null : new AggregateException("Steps failed while the cancelled run was cleared away.", later),
                    caller);
            }

            new RunFailure(failedStep!, failedIndex, [.. later]).AttachTo(failure);
            return failure;
        }
    }

    public void Dispose()
    {
        callerRegistration.Dispose();
        reading.Dispose();
        work.Dispose();
    }

    private void Cancel()
    {
        lock (gate)
        {
            ended = true;
        }

        CancelWork();
    }

    private void CancelWork()
    {
        try
        {
            work.Cancel();
        }
        catch (AggregateException thrownByCallbacks)
        {
            // A step's own callback on the token is broken; the run has its reason already.
            lock (gate)
            {
                later.Add(thrownByCallbacks);
            }
        }
    }
}
