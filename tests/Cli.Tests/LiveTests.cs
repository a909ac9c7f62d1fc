using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>--live</c> of the commands that measure. What the page does in a browser is tested in Page.Tests.</summary>
[Collection(Tool.OneAtATime)]
public sealed partial class LiveTests(Material material)
{
    [Fact]
    public async Task A_swap_is_served_while_it_runs_and_its_end_is_told()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        Task<string>? events = null;
        string page = string.Empty;
        ToolResult result = await Tool.RunInGroupAsync(
            ["process", material.Talk, "--identity", material.Identity, "-o", folder["out.mp4"], "--live", "auto", "--report", folder["r.ndjson"], "--html", folder["page.html"], "--preset", "ultrafast", "--no-provenance"],
            async running =>
            {
                Uri url = await UrlAsync(running);
                using var client = new HttpClient();
                events = ReadAsync(new Uri(url, "events"));
                page = await client.GetStringAsync(url, TestContext.Current.CancellationToken);
            });

        Assert.True(result.ExitCode == 0, result.ToString());
        string told = await events!;
        Assert.Contains("\"framesExpected\":12", page, StringComparison.Ordinal);
        Assert.Contains($".{Material.TalkFrames}.", told, StringComparison.Ordinal);
        Assert.Contains("\"pictures\":[{\"track\":1,\"shot\":{\"place\":0,\"eyes\":[56,30],\"face\":\"/9j/", told, StringComparison.Ordinal);
        Assert.EndsWith("\"state\":{\"words\":\"The run has ended after 12 frames. The finished page is page.html.\",\"ended\":true}}\n\n", told, StringComparison.Ordinal);
        Assert.Equal(["out.mp4", "page.html", "r.ndjson"], folder.Names);
    }

    [Fact]
    public async Task A_measurement_is_served_too_and_its_report_is_the_same_as_unwatched()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        ToolResult alone = await Tool.RunAsync("measure", material.Talk, material.Talk, "--report", folder["alone.ndjson"]);
        Task<string>? events = null;
        ToolResult watched = await Tool.RunInGroupAsync(
            ["measure", material.Talk, material.Talk, "--report", folder["watched.ndjson"], "--live", "auto"],
            async running => events = ReadAsync(new Uri(await UrlAsync(running), "events")));

        Assert.True(alone.ExitCode == 0 && watched.ExitCode == 0, watched.ToString());
        Assert.Contains("has ended after 12 frames", await events!, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(folder["alone.ndjson"], TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(folder["watched.ndjson"], TestContext.Current.CancellationToken));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Ctrl_C_ends_the_run_and_the_page_is_told()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        Task<string>? events = null;
        ToolResult result = await Tool.RunInGroupAsync(
            ["process", SharedAssets.Sample("talk.mp4"), "--identity", material.Identity, "-o", folder["out.mp4"], "--live", "auto", "--preset", "ultrafast", "--no-provenance", "--no-floor"],
            async running =>
            {
                var line = new TaskCompletionSource();
                events = ReadAsync(new Uri(await UrlAsync(running), "events"), line);
                await line.Task.WaitAsync(TestContext.Current.CancellationToken);
                await Tool.RunProgramAsync("kill", ["-INT", "--", "-" + running.Id.ToString(CultureInfo.InvariantCulture)]);
            });

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Matches(@"The run was stopped after \d+ frames", await events!);
        Assert.Equal(["out.mp4"], folder.Names);
    }

    [Fact]
    public async Task A_run_that_fails_says_so_to_its_viewers_and_keeps_its_exit_code()
    {
        Task<string>? events = null;
        ToolResult result = await Tool.RunInGroupAsync(
            ["measure", material.NoFace, "gone.mp4", "--live", "auto"],
            async running => events = Task.FromResult((await UrlAsync(running)).ToString()));

        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith("http://127.0.0.1:", await events!, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_ends_the_run_before_it_begins()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        ToolResult result = await RecordingTerminal.RunAsync("measure", "a.mp4", "b.mp4", "--live", port.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(19, result.ExitCode);
        Assert.Equal($"videogaze: Port {port} of 127.0.0.1 is in use: name another with --live PORT, or let --live auto find one.{Environment.NewLine}", result.Error);
    }

    [Theory]
    [InlineData("--live 0", "1 to 65535")]
    [InlineData("--live 70000", "1 to 65535")]
    [InlineData("--live here", "1 to 65535")]
    [InlineData("--live-host 127.0.0.1", "goes with --live")]
    [InlineData("--live auto --live-host example.org", "IP address")]
    [InlineData("--live auto --no-gaze", "nothing to show")]
    public async Task Nonsense_is_refused(string options, string words)
    {
        ToolResult result = await RecordingTerminal.RunAsync(["process", "in.mp4", "--identity", "B", .. options.Split(' ')]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    private static async Task<Uri> UrlAsync(RunningTool running)
    {
        await running.UntilAsync(() => Address().IsMatch(running.ErrorSoFar()), "it said where its page is");
        return new(Address().Match(running.ErrorSoFar()).Value);
    }

    /// <summary>Reads a run's news to its end.</summary>
    private static async Task<string> ReadAsync(Uri url, TaskCompletionSource? hasLines = null)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using Stream stream = await client.GetStreamAsync(url, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var all = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            all.Append(line).Append('\n');
            if (line.Contains("\"lines\"", StringComparison.Ordinal))
            {
                hasLines?.TrySetResult();
            }
        }

        return all.ToString();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Address();
}
