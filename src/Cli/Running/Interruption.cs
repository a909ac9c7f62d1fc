using System.Runtime.InteropServices;
using VideoGaze.Cli.Terminal;

namespace VideoGaze.Cli.Running;

/// <summary>
/// Ctrl+C in two steps: the first asks a run to stop reading and to finish what it has, the second to give up and remove it.
/// SIGTERM counts like Ctrl+C, so that a job scheduler's grace period yields a valid file.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly UserTerminal terminal;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource abort = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private int count;

    public Interruption(UserTerminal terminal) => this.terminal = terminal;

    /// <summary>Cancelled by the first signal: read no more, finish what was read.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>Cancelled by the second signal: leave nothing behind.</summary>
    public CancellationToken Abort => abort.Token;

    /// <summary>Starts to listen to the process's signals.</summary>
    public void Listen()
    {
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Interrupt();
            }));
        }
    }

    /// <summary>What a signal does.</summary>
    public void Interrupt()
    {
        switch (Interlocked.Increment(ref count))
        {
            case 1:
                terminal.Say("stopping; what is done will be finished. Ctrl+C again gives it up.");
                stop.Cancel();
                break;
            case 2:
                terminal.Say("giving up.");
                abort.Cancel();
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        stop.Dispose();
        abort.Dispose();
    }
}
