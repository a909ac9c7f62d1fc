using System.Net;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Live;
using VideoGaze.Stages.Report.Live;

namespace VideoGaze.Cli.Running;

/// <summary>A run that others watch. Apart from the commands, so that a run that nobody watches never loads the server.</summary>
internal static class LiveRun
{
    /// <summary>Serves while a run goes on, and says where.</summary>
    /// <param name="host">Address of this machine.</param>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="terminal">Where to say it.</param>
    /// <param name="run">The run; it tells the feed how it ended unless it throws.</param>
    /// <exception cref="UserFacingException">The port cannot be had, or whatever the run ends with.</exception>
    public static async Task<int> WatchAsync(IPAddress host, int port, UserTerminal terminal, Func<LiveFeed, Task<int>> run)
    {
        TimeProvider time = TimeProvider.System;
        var address = new LiveAddress(host, port);

        // Only has to differ from the run that may have had the port before.
        var feed = new LiveFeed(time, FormattableString.Invariant($"{Environment.ProcessId:x}-{time.GetTimestamp():x}"));
        LiveServer server = await LiveServer.StartAsync(feed, address, time).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            terminal.Say($"live page: {server.Url} (as long as the run goes on{(address.IsLoopback ? string.Empty : "; others in the network can see it")}).");
            try
            {
                return await run(feed).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                feed.End("The run was given up; nothing of it is left but this page.");
                throw;
            }
            finally
            {
                // A failure may name files; the terminal says more to those whom it concerns.
                feed.End("The run failed; its terminal says why.");
            }
        }
    }
}
