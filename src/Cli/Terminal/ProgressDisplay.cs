namespace VideoGaze.Cli.Terminal;

/// <summary>Shows a run's progress on standard error: a bar that moves where a person watches, a line now and then where a log is written.</summary>
internal static class ProgressDisplay
{
    /// <summary>Seconds between two lines of a log: often enough to see that it lives, seldom enough to read.</summary>
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    /// <summary>Runs <paramref name="work"/> and shows what it reports.</summary>
    public static Task<T> ShowAsync<T>(UserTerminal terminal, TimeProvider time, string title, Func<IProgress<RunProgress>, Task<T>> work) =>
        terminal.IsLive ? LiveBar.ShowAsync(terminal, time, title, work) : work(new LogLines(terminal, time));

    /// <summary>A line each <see cref="LineInterval"/>. Reports may come from several threads.</summary>
    private sealed class LogLines(UserTerminal terminal, TimeProvider time) : IProgress<RunProgress>
    {
        private readonly Lock gate = new();
        private RunProgress? first;
        private long start;
        private TimeSpan nextLine = LineInterval;

        public void Report(RunProgress value)
        {
            lock (gate)
            {
                if (first is not { } earlier)
                {
                    first = value;
                    start = time.GetTimestamp();
                    return;
                }

                TimeSpan elapsed = time.GetElapsedTime(start);
                if (elapsed >= nextLine)
                {
                    nextLine = elapsed + LineInterval;
                    terminal.Say(value.Line(earlier, elapsed));
                }
            }
        }
    }
}
