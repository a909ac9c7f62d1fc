using System.CommandLine;
using System.Globalization;
using System.Text;

namespace VideoGaze.Cli.Help;

/// <summary>docs/cli.md: every help page in one document. A test holds the file to it.</summary>
internal static class ReferencePage
{
    /// <summary>The page of a command line.</summary>
    public static string Of(RootCommand root)
    {
        StringBuilder page = new();
        page.AppendLine("# Command line");
        page.AppendLine();
        page.AppendLine("The help pages of `videogaze`, as the program prints them. A test holds this file to the parser; to write it anew:");
        page.AppendLine("`VIDEOGAZE_WRITE_DOCS=1 dotnet run --project tests/Cli.Tests -c Release`.");
        foreach (Command command in root.Subcommands.SelectMany(command => command.Subcommands.Prepend(command)).Prepend(root))
        {
            page.AppendLine();
            page.AppendLine(CultureInfo.InvariantCulture, $"## {string.Join(' ', HelpText.PathOf(command))}");
            page.AppendLine();
            page.AppendLine("```");
            page.Append(HelpText.Of(command));
            page.AppendLine("```");
        }

        return page.ToString();
    }
}
