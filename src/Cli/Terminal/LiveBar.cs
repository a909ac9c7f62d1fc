using Spectre.Console;

namespace VideoGaze.Cli.Terminal;

/// <summary>The moving bar. Apart from <see cref="ProgressDisplay"/> so that a run without a terminal never loads its library.</summary>
internal static class LiveBar
{
    /// <summary>Runs <paramref name="work"/> under a bar that disappears when it is done.</summary>
    public static Task<T> ShowAsync<T>(UserTerminal terminal, TimeProvider time, string title, Func<IProgress<RunProgress>, Task<T>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 30 }, new PercentageColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(title), autoStart: true, maxValue: 1);
                bar.IsIndeterminate = true;
                return await work(new Bar(bar, time, title)).ConfigureAwait(false);
            });
    }

    private sealed class Bar(ProgressTask bar, TimeProvider time, string title) : IProgress<RunProgress>
    {
        private readonly Lock gate = new();
        private RunProgress? first;
        private long start;

        public void Report(RunProgress value)
        {
            lock (gate)
            {
                if (first is null)
                {
                    first = value;
                    start = time.GetTimestamp();
                }

                bar.IsIndeterminate = value.Total is null;
                bar.MaxValue = value.Total ?? 1;
                bar.Value = value.Total is { } total ? Math.Min(value.Done, total) : 0;
                string words = value.Describe(first.Value, time.GetElapsedTime(start));
                bar.Description = Markup.Escape(words.Length > 0 ? $"{title}: {words}" : title);
            }
        }
    }
}
