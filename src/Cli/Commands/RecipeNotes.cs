using System.CommandLine;

namespace VideoGaze.Cli.Commands;

/// <summary>What the user wants a trained file to say about itself (data, licence, clips used), beside what a recipe knows: <c>--note KEY=TEXT</c>.</summary>
internal static class RecipeNotes
{
    /// <summary>The option.</summary>
    public static Option<string[]> Option()
    {
        Option<string[]> option = new("--note") { Description = "An entry of the file's metadata, for instance licence=MIT; may be given again.", HelpName = "KEY=TEXT" };
        option.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => text.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"--note wants KEY=TEXT, not '{text}'.");
            }
        });
        return option;
    }

    /// <summary>The entries by key.</summary>
    public static Dictionary<string, string> Read(string[]? notes) => (notes ?? []).ToDictionary(note => note[..note.IndexOf('=', StringComparison.Ordinal)], note => note[(note.IndexOf('=', StringComparison.Ordinal) + 1)..]);
}
