using System.Net;
using System.Net.Sockets;
using System.Text;
using VideoGaze.Faces.Failures;
using VideoGaze.Live;
using VideoGaze.Page.Tests.Support;
using VideoGaze.Stages.Report.Live;

namespace VideoGaze.Page.Tests;

/// <summary>The server of a run's page, without a browser.</summary>
public sealed class LiveServerTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_this_machine_is_served_and_only_by_its_name()
    {
        await using LiveSample run = await LiveSample.StartAsync();
        using var client = new HttpClient();
        Assert.Equal("127.0.0.1", run.Server.Url.Host);
        using HttpResponseMessage page = await client.GetAsync(run.Server.Url, Ended);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.False(page.Headers.Contains("Access-Control-Allow-Origin"));
        string text = await page.Content.ReadAsStringAsync(Ended);
        Assert.Contains("default-src 'none'; img-src data:; connect-src 'self'; style-src 'sha256-", text, StringComparison.Ordinal);

        using var asked = new HttpRequestMessage(HttpMethod.Get, run.Server.Url) { Headers = { Host = "evil.example" } };
        using HttpResponseMessage refused = await client.SendAsync(asked, Ended);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, refused.StatusCode);
        using HttpResponseMessage nothing = await client.GetAsync(new Uri(run.Server.Url, "other"), Ended);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("127.0.0.1", "[::1]", true)]
    [InlineData("127.0.0.1", "192.0.2.7", false)]
    [InlineData("127.0.0.1", "", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "localhost", false)]
    [InlineData("0.0.0.0", "studio.example", true)]
    public void Names_that_a_request_may_use(string host, string name, bool isAnswered) =>
        Assert.Equal(isAnswered, new LiveAddress(IPAddress.Parse(host), 80).Answers(name));

    [Fact]
    public async Task A_port_that_is_in_use_is_one_sentence_with_its_own_code()
    {
        await using LiveSample run = await LiveSample.StartAsync();
        UserFacingException failure = await Assert.ThrowsAsync<UserFacingException>(() => LiveSample.StartAsync(run.Server.Url.Port));

        Assert.Equal(FailureKind.PortUnavailable, failure.Kind);
        Assert.Equal($"Port {run.Server.Url.Port} of 127.0.0.1 is in use: name another with --live PORT, or let --live auto find one.", failure.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_refused()
    {
        // 192.0.2.0/24 is kept for documentation (RFC 5737): nobody has it.
        UserFacingException failure = await Assert.ThrowsAsync<UserFacingException>(() =>
            LiveServer.StartAsync(new LiveFeed(TimeProvider.System, "r"), new LiveAddress(IPAddress.Parse("192.0.2.7"), 0), TimeProvider.System));

        Assert.Equal(FailureKind.PortUnavailable, failure.Kind);
        Assert.Contains("192.0.2.7 is no address of this machine", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forty_viewers_get_all_of_a_run_and_its_end()
    {
        await using LiveSample run = await LiveSample.StartAsync();
        Task<string>[] viewers = [.. Enumerable.Range(0, 40).Select(_ => ReadAllAsync(run.Server.Url))];
        for (int i = 0; i < SamplePage.Frames; i += 10)
        {
            run.Go(10);
            await Task.Delay(20, Ended);
        }

        run.Feed.End("Over.");
        foreach (string events in await Task.WhenAll(viewers))
        {
            Assert.Contains($"id: run-1.{SamplePage.Frames}.", events, StringComparison.Ordinal);
            Assert.EndsWith("\"state\":{\"words\":\"Over.\",\"ended\":true}}\n\n", events, StringComparison.Ordinal);
        }

        Assert.Equal(40, run.Server.Count(LiveEnd.Told));
    }

    [Fact]
    public async Task A_viewer_that_never_reads_is_cut_off_while_the_run_goes_on()
    {
        await using LiveSample run = await LiveSample.StartAsync(frames: 60_000, patience: TimeSpan.FromMilliseconds(500));
        using var stuck = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await stuck.ConnectAsync(IPAddress.Loopback, run.Server.Url.Port, Ended);
        await stuck.SendAsync(Encoding.ASCII.GetBytes($"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{run.Server.Url.Port}\r\n\r\n"), Ended);

        // 60000 frames of two people are some 9 MB: more than the system takes for a reader that does not read.
        run.Go(60_000);
        while (run.Server.Count(LiveEnd.Dropped) == 0)
        {
            await Task.Delay(20, Ended);
        }

        Assert.Equal(1, run.Server.Count(LiveEnd.Dropped));
    }

    [Fact]
    public async Task The_server_ends_in_time_though_a_viewer_does_not_read()
    {
        LiveSample run = await LiveSample.StartAsync(frames: 60_000);
        using var stuck = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await stuck.ConnectAsync(IPAddress.Loopback, run.Server.Url.Port, Ended);
        await stuck.SendAsync(Encoding.ASCII.GetBytes($"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{run.Server.Url.Port}\r\n\r\n"), Ended);
        run.Go(60_000);

        long begin = TimeProvider.System.GetTimestamp();
        await run.DisposeAsync();

        // Two seconds of farewell; patience with a viewer is ten.
        Assert.InRange(TimeProvider.System.GetElapsedTime(begin).TotalSeconds, 0, 8);
    }

    private static async Task<string> ReadAllAsync(Uri url)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        return await client.GetStringAsync(new Uri(url, "events"), Ended);
    }
}
