using System.CommandLine;
using System.CommandLine.Invocation;
using VideoGaze.Cli.Terminal;

namespace VideoGaze.Cli.Help;

/// <summary>What <c>--version</c> does: the version and nothing else, for scripts.</summary>
internal sealed class VersionAction(UserTerminal terminal) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        terminal.Out.WriteLine(ToolVersion.Short);
        return 0;
    }
}
