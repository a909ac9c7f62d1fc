using System.CommandLine;
using System.Globalization;
using System.Text;
using VideoGaze.Cli.Commands;

namespace VideoGaze.Cli.Help;

/// <summary>Help pages, made from the parser's own symbols so that they cannot disagree with it. docs/cli.md holds the same pages.</summary>
internal static class HelpText
{
    /// <summary>Characters a line: what fits a small terminal and a diff.</summary>
    private const int Width = 100;

    /// <summary>Column where descriptions start.</summary>
    private const int DescriptionColumn = 32;

    /// <summary>The help page of a command.</summary>
    public static string Of(Command command)
    {
        StringBuilder page = new();
        string path = string.Join(' ', PathOf(command));
        Wrap(page, command.Description ?? string.Empty, 0);

        page.AppendLine().AppendLine("Usage:");
        StringBuilder usage = new(path);
        foreach (Argument argument in command.Arguments)
        {
            usage.Append(CultureInfo.InvariantCulture, $" {ArgumentLabel(argument)}");
        }

        foreach (Option required in command.Options.Where(option => option.Required))
        {
            usage.Append(CultureInfo.InvariantCulture, $" {required.Name} {ValueLabel(required)}");
        }

        usage.Append(command.Subcommands.Count == 0 ? " [options]" : command is GazeCommand ? " [options], or with a COMMAND of its own" : " COMMAND [options]");
        Wrap(page, usage.ToString(), 2);

        Section(page, "Commands:", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? string.Empty)));
        Section(page, "Arguments:", command.Arguments.Select(argument => (ArgumentLabel(argument), argument.Description ?? string.Empty)));
        Section(page, "Options:", command.Options.Where(option => !option.Hidden).Select(option => (OptionLabel(option), OptionDescription(option))));

        if (command is GazeCommand { Examples: { Count: > 0 } examples })
        {
            page.AppendLine().AppendLine("Examples:");
            foreach (Example example in examples)
            {
                Wrap(page, "# " + example.Effect, 2);
                page.AppendLine(CultureInfo.InvariantCulture, $"  videogaze {example.Command}");
            }
        }

        if (command is RootCommand)
        {
            page.AppendLine();
            Wrap(page, "Data goes to standard output, words to standard error. 'videogaze COMMAND --help' explains a command with examples; docs/exit-codes.md lists the exit codes.", 0);
        }

        return page.ToString();
    }

    /// <summary>The words that lead to a command: <c>videogaze process</c>.</summary>
    public static IEnumerable<string> PathOf(Command command) =>
        command is RootCommand ? ["videogaze"] : PathOf(command.Parents.OfType<Command>().First()).Append(command.Name);

    private static string ArgumentLabel(Argument argument)
    {
        string name = argument.HelpName ?? argument.Name;
        return argument.Arity.MaximumNumberOfValues > 1 ? name + "..." : argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string OptionLabel(Option option)
    {
        string shortName = option.Aliases.FirstOrDefault(alias => alias.Length == 2) is { } alias ? alias + ", " : string.Empty;
        string value = ValueLabel(option);
        return value.Length == 0 ? shortName + option.Name : $"{shortName}{option.Name} {value}";
    }

    private static string ValueLabel(Option option) =>
        option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) || option.ValueType == typeof(void) ? string.Empty : option.HelpName ?? "VALUE";

    private static string OptionDescription(Option option)
    {
        string description = option.Description ?? string.Empty;
        if (option.Required)
        {
            return description + " Required.";
        }

        return option.HasDefaultValue && option.ValueType != typeof(bool) && option.GetDefaultValue() is { } value && FormatDefault(value) is { Length: > 0 } text
            ? $"{description} Default: {text}."
            : description;
    }

    private static string FormatDefault(object value) => value switch
    {
        string text => text,
        Enum choice => choice.ToString().ToLowerInvariant(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => string.Empty,
    };

    private static void Section(StringBuilder page, string title, IEnumerable<(string Label, string Description)> rows)
    {
        List<(string Label, string Description)> all = [.. rows];
        if (all.Count == 0)
        {
            return;
        }

        page.AppendLine().AppendLine(title);
        foreach ((string label, string description) in all)
        {
            string head = "  " + label;
            if (head.Length + 2 > DescriptionColumn)
            {
                page.AppendLine(head);
                head = string.Empty;
            }

            Wrap(page, description, DescriptionColumn, head.PadRight(DescriptionColumn));
        }
    }

    private static void Wrap(StringBuilder page, string text, int indent, string? firstLine = null)
    {
        StringBuilder line = new(firstLine ?? new string(' ', indent));
        bool empty = true;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > Width)
            {
                page.AppendLine(line.ToString());
                line.Clear().Append(' ', indent);
                empty = true;
            }

            line.Append(empty ? string.Empty : " ").Append(word);
            empty = false;
        }

        page.AppendLine(line.ToString().TrimEnd());
    }
}
