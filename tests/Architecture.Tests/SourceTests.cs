using System.Text.RegularExpressions;
using VideoGaze.TestSupport;

namespace VideoGaze.Architecture.Tests;

/// <summary>What compiled code cannot tell.</summary>
public sealed partial class SourceTests
{
    private static readonly string Root = SharedAssets.RepositoryRoot;

    [Fact]
    public void Array_pools_are_used_nowhere_but_in_the_pixel_pool()
    {
        IEnumerable<string> users = Projects.Sources(string.Empty).Where(file => File.ReadAllText(file).Contains("ArrayPool", StringComparison.Ordinal));
        Assert.DoesNotContain(users, file => Path.GetFileName(file) != "PixelPool.cs");
    }

    // A suppression without its reason on the same line or the line above hides a defect from the next reader.
    [Fact]
    public void Every_suppressed_warning_states_its_reason()
    {
        foreach (string file in Projects.Sources(string.Empty))
        {
            string[] lines = File.ReadAllLines(file);
            for (int i = 0; i < lines.Length; i++)
            {
                bool isExplained = lines[i].Contains("//", StringComparison.Ordinal) || (i > 0 && lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal));
                Assert.True(!lines[i].Contains("#pragma warning disable", StringComparison.Ordinal) || isExplained, $"{file}:{i + 1} suppresses a warning and does not say why");
            }
        }
    }

    [Fact]
    public void Banned_calls_are_looked_for_in_every_project_below_src()
    {
        string props = File.ReadAllText(Path.Combine(Root, "src", "Directory.Build.props"));
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", props, StringComparison.Ordinal);
        Assert.Contains("BannedSymbols.txt", props, StringComparison.Ordinal);

        string[] banned = File.ReadAllLines(Path.Combine(Root, "BannedSymbols.txt"));
        Assert.All(banned, line => Assert.Matches(BannedSymbol(), line));
        foreach (string symbol in (string[])["P:System.DateTime.Now;", "P:System.DateTime.UtcNow;", "P:System.Random.Shared;", "M:System.Threading.Thread.Sleep(System.Int32);", "T:System.Buffers.ArrayPool`1;"])
        {
            Assert.Contains(banned, line => line.StartsWith(symbol, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Tests_wait_for_events_and_never_sleep()
    {
        // This file names the call as a banned one.
        IEnumerable<string> sleepers = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != nameof(SourceTests) + ".cs" && File.ReadAllText(file).Contains("Thread.Sleep(", StringComparison.Ordinal));
        Assert.Empty(sleepers);
    }

    [Fact]
    public async Task No_tracked_file_is_larger_than_30_megabytes()
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Root, ".git")), "this is no git checkout");
        string[] tracked = (await Tool.RunAsync("git", "ls-files", "-z")).Split('\0', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains("VideoGaze.sln", tracked);
        Assert.DoesNotContain(tracked.Select(name => new FileInfo(Path.Combine(Root, name))), file => file.Exists && file.Length > 30_000_000);
    }

    [Fact]
    public void The_ci_script_runs_the_tests_and_both_can_be_run()
    {
        Assert.Matches(CallsTest(), File.ReadAllText(Path.Combine(Root, ".ci", "run")));
        foreach (string script in (string[])[".ci/run", "test", "videogaze"])
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(Root, script)).HasFlag(UnixFileMode.UserExecute), $"{script} is not executable");
        }
    }

    // "symbol;reason", where the reason is a sentence.
    [GeneratedRegex(@"^[TPM]:[\w.`#()]+;[A-Z].+\.$")]
    private static partial Regex BannedSymbol();

    // "./test", or the same by an absolute path made from the script's own place.
    [GeneratedRegex(@"^\s*(exec )?\S*(\(.*\))?\S*/test(""|\s|$)", RegexOptions.Multiline)]
    private static partial Regex CallsTest();
}
