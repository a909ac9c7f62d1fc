using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;

namespace VideoGaze.Cli.Commands;

/// <summary>A subcommand with examples. It reads its options, calls the library that does the work, and says how it went; it decides nothing itself.</summary>
internal abstract class GazeCommand : Command
{
    protected GazeCommand(string name, string description, UserTerminal terminal, Interruption interruption)
        : base(name, description)
    {
        Terminal = terminal;
        Interruption = interruption;
        SetAction((parsed, _) => RunAsync(parsed));
    }

    /// <summary>Command lines worth copying, shown in the help.</summary>
    public abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>Where to speak.</summary>
    protected UserTerminal Terminal { get; }

    /// <summary>Whether the user wants to end.</summary>
    protected Interruption Interruption { get; }

    /// <summary>Does the work; the result is the exit code.</summary>
    protected abstract Task<int> RunAsync(ParseResult parsed);
}
