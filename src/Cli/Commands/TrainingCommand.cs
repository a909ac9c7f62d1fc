using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary>A subcommand that trains a network: with progress, and stopped by Ctrl+C at a step whose checkpoint the same command goes on from.</summary>
internal abstract class TrainingCommand(string name, string description, UserTerminal terminal, Interruption interruption) : GazeCommand(name, description, terminal, interruption)
{
    /// <summary>Trains; null where the user stopped it, who has then been told so.</summary>
    /// <param name="train">The recipe; given where to report to.</param>
    /// <param name="stopped">What to say of a run that was stopped.</param>
    protected async Task<TResult?> TrainAsync<TResult>(Func<IProgress<TrainingProgress>, TResult> train, string stopped = "stopped; run the same command to go on from the last checkpoint.")
        where TResult : class
    {
        try
        {
            return await ProgressDisplay.ShowAsync(
                Terminal,
                TimeProvider.System,
                "training",
                progress => Task.Run(() => train(new TrainingWords(progress, Terminal)))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Interruption.Stop.IsCancellationRequested)
        {
            Terminal.Say(stopped);
            return null;
        }
    }
}
