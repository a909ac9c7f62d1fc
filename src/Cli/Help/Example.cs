namespace VideoGaze.Cli.Help;

/// <summary>A command line worth copying.</summary>
/// <param name="Effect">What it does, in a few words.</param>
/// <param name="Command">What to type after <c>videogaze</c>.</param>
internal sealed record Example(string Effect, string Command);
