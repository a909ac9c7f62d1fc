using System.CommandLine;
using System.CommandLine.Invocation;
using VideoGaze.Cli.Commands;
using VideoGaze.Cli.Commands.Models;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Cli.Running;

/// <summary>The whole command line: what there is to type, and how a run of it ends.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs. Never throws; the result is the process's exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, UserTerminal terminal)
    {
        using var interruption = new Interruption(terminal);
        try
        {
            ParseResult parsed = Root(terminal, interruption).Parse(arguments);
            if (parsed.Action is ParseErrorAction)
            {
                string command = string.Join(' ', HelpText.PathOf(parsed.CommandResult.Command));
                terminal.Say($"{string.Join(' ', parsed.Errors.Select(error => error.Message))} See '{command} --help'.");
                return (int)FailureKind.Usage;
            }

            interruption.Listen();
            InvocationConfiguration invocation = new()
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = terminal.Out,
                Error = terminal.Error,
            };
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return Failures.Report(terminal, failure, interruption.Stop.IsCancellationRequested);
        }
    }

    /// <summary>The root command with everything below it.</summary>
    public static RootCommand Root(UserTerminal terminal, Interruption interruption)
    {
        RootCommand root = new("Swaps faces in video and keeps, and proves, where the eyes look.");
        root.Add(new ProcessCommand(terminal, interruption));
        root.Add(new ExtractCommand(terminal, interruption));
        root.Add(new TrainCommand(terminal, interruption));
        root.Add(new TrainGazeCommand(terminal, interruption));
        root.Add(new ExportCommand(terminal, interruption));
        root.Add(new MeasureCommand(terminal, interruption));
        root.Add(new ReportCommand(terminal, interruption));
        root.Add(new FeaturesCommand(terminal, interruption));
        root.Add(new ScoreCommand(terminal, interruption));
        root.Add(new LikenessCommand(terminal, interruption));
        root.Add(new CalibrateCommand(terminal, interruption));
        root.Add(new PerformCommand(terminal, interruption));
        root.Add(new ModelsCommand(terminal, interruption));
        root.Add(new DoctorCommand(terminal, interruption));
        root.SetAction(parsed =>
        {
            terminal.Out.Write(HelpText.Of(parsed.CommandResult.Command));
            return 0;
        });

        foreach (Option option in root.Options)
        {
            option.Action = option switch
            {
                System.CommandLine.Help.HelpOption => new HelpAction(terminal),
                VersionOption => new VersionAction(terminal),
                _ => option.Action,
            };
            option.Description = option is VersionOption ? "Print the version." : "Print this help.";
        }

        return root;
    }
}
