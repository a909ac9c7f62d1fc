using System.Globalization;
using System.Text.RegularExpressions;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.Faces.Failures;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

public sealed partial class ExitCodeTests
{
    [Fact]
    public void The_table_of_exit_codes_is_the_enum()
    {
        string page = File.ReadAllText(Path.Combine(SharedAssets.RepositoryRoot, "docs", "exit-codes.md"));
        Dictionary<string, int> documented = Row().Matches(page)
            .ToDictionary(row => row.Groups["name"].Value, row => int.Parse(row.Groups["code"].Value, CultureInfo.InvariantCulture));

        Assert.Equal(Enum.GetValues<FailureKind>().ToDictionary(kind => kind.ToString(), kind => (int)kind), documented);
    }

    [Fact]
    public void A_failure_the_user_can_act_on_is_one_sentence_without_a_trace()
    {
        RecordingTerminal recording = new();

        int code = Failures.Report(recording.Terminal, new AggregateException(new IOException("a detail"), new UserFacingException(FailureKind.NoFace, "no face in a.mp4; give another clip.")), interrupted: false);

        Assert.Equal(7, code);
        Assert.Equal("videogaze: no face in a.mp4; give another clip." + Environment.NewLine, recording.Error);
        Assert.Empty(recording.Out);
    }

    [Fact]
    public void A_defect_says_so_and_shows_where_it_happened()
    {
        RecordingTerminal recording = new();

        int code = Failures.Report(recording.Terminal, new InvalidOperationException("queue broke"), interrupted: false);

        Assert.Equal(1, code);
        Assert.Contains("defect", recording.Error, StringComparison.Ordinal);
        Assert.Contains("queue broke", recording.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_defect() =>
        Assert.Null(Failures.Explain(new OperationCanceledException(), interrupted: false));

    [Fact]
    public void A_cancellation_after_Ctrl_C_is_an_ordinary_ending() =>
        Assert.Equal(FailureKind.Cancelled, Failures.Explain(new InvalidOperationException("outer", new TaskCanceledException()), interrupted: true)?.Kind);

    [Fact]
    public void A_full_disk_has_its_own_code_wherever_it_shows() =>
        Assert.Equal(FailureKind.DiskFull, Failures.Explain(new IOException("No space left on device : '/x'", 28), interrupted: false)?.Kind);

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("doctor --frobnicate")]
    [InlineData("--frobnicate")]
    public async Task Nonsense_is_a_usage_error_in_one_line_that_points_to_the_help(string line)
    {
        ToolResult result = await RecordingTerminal.RunAsync(line.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Matches(@"^videogaze: .*--help'\.\n$", result.Error);
    }

    [GeneratedRegex(@"^\| (?<code>\d+) \| (?<name>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
