using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;

namespace VideoGaze.Cli.Commands.Models;

/// <summary><c>videogaze models</c>: which networks there are, whether they are the right ones, and how to get more.</summary>
internal sealed class ModelsCommand : GazeCommand
{
    public ModelsCommand(UserTerminal terminal, Interruption interruption)
        : base("models", "Lists, checks and fetches the networks that other commands use.", terminal, interruption)
    {
        Add(new ModelsListCommand(terminal, interruption));
        Add(new ModelsVerifyCommand(terminal, interruption));
        Add(new ModelsPullCommand(terminal, interruption));
        Add(new ModelsManifestCommand(terminal, interruption));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("What is there, and what can be fetched", "models list"),
        new("Whether every file is the one it should be", "models verify"),
        new("Fetch a public model", "models pull hyperswap_1a_256"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed)
    {
        Terminal.Out.Write(HelpText.Of(this));
        return Task.FromResult(0);
    }
}
