namespace VideoGaze.Training.Tests;

/// <summary>Keeps what a run reports and stops it at its first checkpoint, as Ctrl+C would.</summary>
internal sealed class Interrupt(bool atCheckpoint) : IProgress<TrainingProgress>, IDisposable
{
    private readonly CancellationTokenSource stop = new();

    public CancellationToken Token => stop.Token;

    public List<TrainingProgress> Reports { get; } = [];

    public void Report(TrainingProgress value)
    {
        Reports.Add(value);
        if (atCheckpoint && value.Checkpoint is not null)
        {
            stop.Cancel();
        }
    }

    public void Dispose() => stop.Dispose();
}
