using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Floor;

/// <summary>A floor that is found beside the run it belongs to: processes are started and files written while the run keeps the processor busy. Ends with the run.</summary>
internal sealed class FloorBeside : IAsyncDisposable
{
    private readonly CancellationTokenSource end;

    private FloorBeside(Func<CancellationToken, Task<FootageFloor?>> find, CancellationToken stop, CancellationToken abort)
    {
        end = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
        Found = Task.Run(() => FindAsync(find, abort), CancellationToken.None);
    }

    /// <summary>Done when it is found; null where it could not be, or where the run was asked to end first.</summary>
    public Task<FootageFloor?> Found { get; }

    /// <summary>Begins.</summary>
    /// <param name="find">Uses nothing that the run uses at the same time.</param>
    /// <param name="stop">Ends it without a floor.</param>
    /// <param name="abort">Ends it at once.</param>
    public static FloorBeside Start(Func<CancellationToken, Task<FootageFloor?>> find, CancellationToken stop, CancellationToken abort) => new(find, stop, abort);

    /// <summary>Ends it if it still goes on, and waits for that: what it borrowed is the run's.</summary>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync().ConfigureAwait(false);

        // Whoever waited for it has heard what went wrong.
        await ((Task)Found).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private async Task<FootageFloor?> FindAsync(Func<CancellationToken, Task<FootageFloor?>> find, CancellationToken abort)
    {
        try
        {
            return await find(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!abort.IsCancellationRequested)
        {
            // Asked to finish early: the run writes what it can without it.
            return null;
        }
    }
}
