using System.CommandLine;
using System.CommandLine.Invocation;
using VideoGaze.Cli.Terminal;

namespace VideoGaze.Cli.Help;

/// <summary>What <c>--help</c> does: our own layout, because it has examples.</summary>
internal sealed class HelpAction(UserTerminal terminal) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        terminal.Out.Write(HelpText.Of(parseResult.CommandResult.Command));
        return 0;
    }
}
