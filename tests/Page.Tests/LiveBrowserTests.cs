using VideoGaze.Live;
using VideoGaze.Page.Tests.Support;
using VideoGaze.Stages;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Report.Live;
using VideoGaze.TestSupport;

namespace VideoGaze.Page.Tests;

/// <summary>The page in a real browser while a run goes on.</summary>
public sealed class LiveBrowserTests(Browser browser)
{
    [Fact]
    public async Task The_page_grows_with_the_run_and_says_when_it_has_ended()
    {
        await using LiveSample run = await LiveSample.StartAsync();
        await using OpenPage open = await browser.OpenAsync(run.Server.Url);
        Assert.Equal("Waiting for the first frame.", await WaitForWordsAsync(open, "Waiting"));
        Assert.False(await open.Page.IsVisibleAsync("#person"));

        run.Go(30);
        await WaitForLastAsync(open, 29);
        Assert.Equal(29, await open.FrameAsync());
        Assert.True(await open.Page.IsVisibleAsync("#plot"));
        Assert.Contains("Person 2", await open.Page.InnerTextAsync("#tabs"), StringComparison.Ordinal);
        Assert.StartsWith("Frame 30 of 120", await open.Page.InnerTextAsync("#run-rate"), StringComparison.Ordinal);
        string before = await open.Page.EvaluateAsync<string>("() => document.querySelector('#plot canvas').toDataURL()");

        run.Go(90);
        await WaitForLastAsync(open, SamplePage.Frames - 1);
        Assert.Equal(SamplePage.Frames - 1, await open.FrameAsync());
        Assert.NotEqual(before, await open.Page.EvaluateAsync<string>("() => document.querySelector('#plot canvas').toDataURL()"));

        run.Feed.End("The run has ended after 120 frames.");
        Assert.Equal("The run has ended after 120 frames.", await WaitForWordsAsync(open, "has ended"));
        Assert.False(await open.Page.IsVisibleAsync("#run-progress"));

        // The last figures come with the end: those that the finished page shows.
        Assert.Contains("Gaze shifted", await open.Page.InnerTextAsync("#findings"), StringComparison.Ordinal);
        await open.Page.ClickAsync("#tab-1");
        await open.Page.Keyboard.PressAsync("w");
        Assert.Equal(SamplePage.WorstFrame, await open.FrameAsync());
        open.AssertAsksOnly(run.Server.Url);
    }

    [Fact]
    public async Task Who_looks_elsewhere_stays_there_until_the_newest_frame_is_asked_for()
    {
        await using LiveSample run = await LiveSample.StartAsync();
        await using OpenPage open = await browser.OpenAsync(run.Server.Url);
        run.Go(60);
        await WaitForLastAsync(open, 59);
        await open.Page.FocusAsync("#plot");
        await open.Page.Keyboard.PressAsync("Home");
        await open.Page.Keyboard.PressAsync("ArrowRight");
        await open.Page.ClickAsync("#zoom-in");

        run.Go(30);
        await WaitForLastAsync(open, 89);
        Assert.Equal(1, await open.FrameAsync());
        Assert.Equal("false", await open.Page.GetAttributeAsync("#newest", "aria-pressed"));

        await open.Page.ClickAsync("#newest");
        run.Go(20);
        await WaitForLastAsync(open, 109);
        Assert.Equal(109, await open.FrameAsync());
        Assert.Equal("true", await open.Page.GetAttributeAsync("#newest", "aria-pressed"));
        open.AssertAsksOnly(run.Server.Url);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_or_opened_late_has_all_lines_and_pictures()
    {
        await using LiveSample run = await LiveSample.StartAsync();
        await using OpenPage open = await browser.OpenAsync(run.Server.Url);
        run.Go(50);
        await WaitForLastAsync(open, 49);

        await open.Page.ReloadAsync();
        await WaitForLastAsync(open, 49);
        run.Go(20);
        await WaitForLastAsync(open, 69);
        await using OpenPage late = await browser.OpenAsync(run.Server.Url);
        await WaitForLastAsync(late, 69);

        foreach (OpenPage page in (OpenPage[])[open, late])
        {
            // Figures come seldomer than lines, but they come, also while the run stands still.
            await page.Page.WaitForFunctionAsync("() => document.getElementById('about').textContent.startsWith('70 frames')");
            Assert.Equal("0", await page.Page.GetAttributeAsync("#plot", "aria-valuemin"));
            Assert.Contains("frames of 70", await page.Page.InnerTextAsync("#strip-note"), StringComparison.Ordinal);
            (int colours, _, _) = await page.CanvasAsync("#source-eyes canvas");
            Assert.True(colours > 1000, $"the eyes show {colours} colours");
            page.AssertAsksOnly(run.Server.Url);
        }

        Assert.Equal(await open.Page.InnerTextAsync("#tiles"), await late.Page.InnerTextAsync("#tiles"));
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task It_fits_wide_and_narrow_screens_in_both_themes(int width, bool isDark)
    {
        await using LiveSample run = await LiveSample.StartAsync();
        run.Go(80);
        await using OpenPage open = await browser.OpenAsync(run.Server.Url, width: width, isDark: isDark);
        await WaitForLastAsync(open, 79);

        Assert.Equal(width, await open.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        foreach (string canvas in (string[])["#plot canvas", "#dial canvas", "#histogram canvas", "#source-density canvas", "#strip .shot canvas"])
        {
            (int colours, int drawnWidth, int drawnHeight) = await open.CanvasAsync(canvas);
            Assert.True(colours > 10, $"{canvas} shows {colours} colours");
            Assert.True(drawnWidth is > 100 && drawnWidth <= width && drawnHeight > 50, $"{canvas} is {drawnWidth} x {drawnHeight}");
        }

        await open.ShootAsync($"live-{width}-{(isDark ? "dark" : "light")}");
        open.AssertAsksOnly(run.Server.Url);
    }

    [Fact]
    public async Task A_page_of_a_run_that_is_gone_begins_anew_with_the_next_run_at_its_address()
    {
        LiveSample first = await LiveSample.StartAsync();
        first.Go(40);
        await using OpenPage open = await browser.OpenAsync(first.Server.Url);
        await WaitForLastAsync(open, 39);

        // As if the process was killed: the page was told nothing.
        await open.Page.EvaluateAsync("() => { window.stayed = true; }");
        int port = first.Server.Url.Port;
        await first.Server.StopNowAsync();
        await WaitForWordsAsync(open, "lost");
        await using LiveSample second = await LiveSample.StartAsync(port, "run-2", "other.mp4");
        second.Go(10);

        await open.Page.WaitForFunctionAsync("() => !window.stayed && document.getElementById('heading')?.textContent.includes('other.mp4')");
        await WaitForLastAsync(open, 9);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_real_measurement_is_watched_from_begin_to_end()
    {
        var feed = new LiveFeed(TimeProvider.System, "real");
        await using LiveServer server = await LiveServer.StartAsync(feed, new(System.Net.IPAddress.Loopback, 0), TimeProvider.System);
        var options = new MeasurePipelineOptions
        {
            Source = SharedAssets.Sample("talk.mp4"),
            Output = SharedAssets.Sample("talk.swapped-truth.mp4"),
            Decode = new DecodeOptions(new(0, 2)),
            Live = feed,
        };
        Task<MeasureResult> measuring = MeasurePipeline.RunAsync(options, null, CancellationToken.None, TestContext.Current.CancellationToken);
        await using OpenPage open = await browser.OpenAsync(server.Url);
        await WaitForLastAsync(open, 4);
        await open.Page.ReloadAsync();
        await WaitForLastAsync(open, 40);
        await open.ShootAsync("run-goes-on");
        MeasureResult result = await measuring;
        feed.End("Over.");
        await WaitForWordsAsync(open, "Over.");

        await WaitForLastAsync(open, (int)result.Gaze.Frames - 1);
        Assert.StartsWith($"{result.Gaze.Frames} frames, ", await open.Page.InnerTextAsync("#about"), StringComparison.Ordinal);
        (int colours, _, _) = await open.CanvasAsync("#output-eyes canvas");
        Assert.True(colours > 1000, $"the eyes show {colours} colours");
        await open.ShootAsync("run-ended");
        open.AssertAsksOnly(server.Url);
    }

    private static async Task WaitForLastAsync(OpenPage open, int frame)
    {
        await open.Page.WaitForFunctionAsync($"() => Number(document.getElementById('plot').getAttribute('aria-valuemax') ?? -1) >= {frame}");
        await open.SettleAsync();
    }

    private static async Task<string> WaitForWordsAsync(OpenPage open, string words)
    {
        await open.Page.WaitForFunctionAsync($"() => document.getElementById('run-words').textContent.includes('{words}')");
        return await open.Page.InnerTextAsync("#run-words");
    }
}
