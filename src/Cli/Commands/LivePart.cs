using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Stages.Report.Live;

namespace VideoGaze.Cli.Commands;

/// <summary>The report as a page while the run goes on: what <c>--live</c> means in every command that makes a report.</summary>
internal sealed class LivePart(UserTerminal terminal)
{
    private const string Automatic = "auto";

    /// <summary>Port of the page.</summary>
    public Option<string?> Live { get; } = new("--live")
    {
        Description = "Serve the report's page at this port of this machine while the run goes on; auto takes a free one and says which.",
        HelpName = "PORT|auto",
    };

    /// <summary>Address of the page.</summary>
    public Option<string?> Host { get; } = new("--live-host")
    {
        Description = "Serve the page of --live at another address of this machine, so that others can see it; 0.0.0.0 for all.",
        HelpName = "ADDRESS",
    };

    /// <summary>Refuses what cannot be served.</summary>
    public void Check(CommandResult result)
    {
        if (result.GetValue(Live) is { } port && port != Automatic && Port(port) is null)
        {
            result.AddError($"--live takes a port from 1 to 65535 or auto, not {port}.");
        }

        if (result.GetValue(Host) is { } host)
        {
            if (result.GetValue(Live) is null)
            {
                result.AddError("--live-host goes with --live.");
            }
            else if (!IPAddress.TryParse(host, out _))
            {
                result.AddError($"--live-host takes an IP address of this machine, not {host}.");
            }
        }
    }

    /// <summary>Runs with somebody to tell the news to, or with null where that was not asked for.</summary>
    public Task<int> WatchAsync(ParseResult parsed, Func<LiveFeed?, Task<int>> run)
    {
        if (parsed.GetValue(Live) is not { } port)
        {
            return run(null);
        }

        IPAddress host = parsed.GetValue(Host) is { } named ? IPAddress.Parse(named) : IPAddress.Loopback;
        return LiveRun.WatchAsync(host, Port(port) ?? 0, terminal, run);
    }

    private static int? Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= IPEndPoint.MaxPort ? port : null;
}
