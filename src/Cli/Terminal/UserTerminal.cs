namespace VideoGaze.Cli.Terminal;

/// <summary>Where a command speaks. Data goes to <paramref name="Out"/>, words for people to <paramref name="Error"/>; nothing else in the program writes to either.</summary>
/// <param name="Out">Standard output: reports and result documents only.</param>
/// <param name="Error">Standard error: progress, notes, failures.</param>
/// <param name="IsLive">Whether a person watches standard error, so that a line may be redrawn in place.</param>
/// <param name="OpenDataStream">Opens standard output as bytes, for data that is streamed while a run goes on.</param>
internal sealed record UserTerminal(TextWriter Out, TextWriter Error, bool IsLive, Func<Stream> OpenDataStream)
{
    /// <summary>A sentence for the person at the terminal.</summary>
    public void Say(string sentence) => Error.WriteLine("videogaze: " + sentence);
}
