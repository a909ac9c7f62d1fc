using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;

return await CommandLine.RunAsync(args, ConsoleTerminal.Open()).ConfigureAwait(false);
