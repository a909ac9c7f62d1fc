using System.CommandLine;
using VideoGaze.Cli.Commands;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> CommandNames => [.. Commands().Select(NameOf)];

    [Theory]
    [MemberData(nameof(CommandNames))]
    public async Task Every_command_explains_itself_with_examples(string name)
    {
        ToolResult result = await RecordingTerminal.RunAsync([.. name.Split(' '), "--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Contains("\nExamples:\n", result.Out, StringComparison.Ordinal);
        Assert.Contains($"videogaze {name}", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Every_option_and_argument_is_described_in_a_sentence_and_stands_in_the_help(string name)
    {
        GazeCommand command = Commands().Single(candidate => NameOf(candidate) == name);
        string help = HelpText.Of(command);
        Assert.All(command.Options, option =>
        {
            Assert.Matches(@"^[A-Z].*\.$", option.Description);
            Assert.Contains(option.Name, help, StringComparison.Ordinal);
        });
        Assert.All(command.Arguments, argument => Assert.Matches(@"^[A-Z].*\.$", argument.Description));
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Every_example_is_a_command_line_that_parses(string name)
    {
        GazeCommand command = Commands().Single(candidate => NameOf(candidate) == name);
        RootCommand root = RootOf(command);
        Assert.NotEmpty(command.Examples);
        Assert.All(command.Examples, example => Assert.Empty(root.Parse(example.Command.Split(" | ")[0]).Errors));
    }

    [Fact]
    public void No_line_of_help_is_wider_than_a_small_terminal()
    {
        IEnumerable<string> lines = Commands().SelectMany(command => HelpText.Of(command).Split('\n')).Where(line => !line.StartsWith("  videogaze ", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public async Task The_reference_page_holds_the_help_of_every_command()
    {
        string page = Path.Combine(SharedAssets.RepositoryRoot, "docs", "cli.md");
        string expected = ReferencePage.Of(Root());
        if (Environment.GetEnvironmentVariable("VIDEOGAZE_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(page, expected, TestContext.Current.CancellationToken);
        }

        Assert.Equal(expected, await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }

    private static RootCommand Root() => CommandLine.Root(new RecordingTerminal().Terminal, new Interruption(new RecordingTerminal().Terminal));

    private static IEnumerable<GazeCommand> Commands() => Root().Subcommands.SelectMany(WithSubcommands).Cast<GazeCommand>();

    private static IEnumerable<Command> WithSubcommands(Command command) => command.Subcommands.SelectMany(WithSubcommands).Prepend(command);

    private static string NameOf(Command command) => string.Join(' ', HelpText.PathOf(command).Skip(1));

    private static RootCommand RootOf(Command command) => command as RootCommand ?? RootOf((Command)command.Parents.Single());
}
