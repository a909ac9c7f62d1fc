using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;

NativeHeap.Limit();
return await CommandLine.RunAsync(args, ConsoleTerminal.Open()).ConfigureAwait(false);
