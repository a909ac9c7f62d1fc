using Microsoft.Playwright;
using VideoGaze.Page.Tests.Support;
using VideoGaze.Stages.Report;
using VideoGaze.TestSupport;

namespace VideoGaze.Page.Tests;

/// <summary>The page in a real browser.</summary>
public sealed class BrowserTests(Browser browser)
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Everything_is_drawn_in_both_themes_and_on_wide_and_narrow_screens(int width, bool isDark)
    {
        await using OpenPage open = await browser.OpenAsync(width: width, isDark: isDark);

        foreach (string canvas in (string[])["#plot canvas", "#dial canvas", "#histogram canvas", "#source-density canvas", "#output-density canvas"])
        {
            (int colours, int drawnWidth, int drawnHeight) = await open.CanvasAsync(canvas);
            Assert.True(colours > 10, $"{canvas} shows {colours} colours");
            Assert.True(drawnWidth is > 150 && drawnWidth <= width && drawnHeight > 100, $"{canvas} is {drawnWidth} x {drawnHeight}");
        }

        // Photographs have thousands of colours.
        foreach (string canvas in (string[])["#strip .shot canvas", "#source-eyes canvas", "#output-eyes canvas", "#worst canvas"])
        {
            (int colours, _, _) = await open.CanvasAsync(canvas);
            Assert.True(colours > 1000, $"{canvas} shows {colours} colours");
        }

        Assert.Equal(width, await open.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        string ground = await open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        Assert.Equal(isDark ? "rgb(14, 19, 25)" : "rgb(244, 246, 248)", ground);
        open.AssertQuiet();
    }

    [Fact]
    public async Task The_switch_changes_the_theme_and_what_is_drawn()
    {
        await using OpenPage open = await browser.OpenAsync();
        string before = await open.Page.EvaluateAsync<string>("() => document.querySelector('#plot canvas').toDataURL()");

        await open.Page.ClickAsync("#theme");
        await open.SettleAsync();

        Assert.Equal("rgb(14, 19, 25)", await open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.NotEqual(before, await open.Page.EvaluateAsync<string>("() => document.querySelector('#plot canvas').toDataURL()"));
        open.AssertQuiet();
    }

    [Fact]
    public async Task A_click_on_the_plot_shows_that_moment_s_eyes()
    {
        await using OpenPage open = await browser.OpenAsync();
        string before = await open.Page.EvaluateAsync<string>("() => document.querySelector('#source-eyes canvas').toDataURL()");
        LocatorBoundingBoxResult plot = (await open.Page.Locator("#plot canvas").BoundingBoxAsync())!;

        // Three quarters along the axis, which begins 58 and ends 10 pixels inside: frame 89 of 0 to 119.
        await open.Page.Locator("#plot").ClickAsync(new() { Position = new() { X = (float)(58 + (0.75 * (plot.Width - 68))), Y = 200 } });

        int frame = await open.FrameAsync();
        Assert.InRange(frame, 88, 90);
        Assert.StartsWith($"Frame {frame}, ", await open.Page.InnerTextAsync("#frame-title"), StringComparison.Ordinal);
        Assert.NotEqual(before, await open.Page.EvaluateAsync<string>("() => document.querySelector('#source-eyes canvas').toDataURL()"));
        open.AssertQuiet();
    }

    [Fact]
    public async Task Dragging_moves_the_plot_and_does_not_move_the_cursor()
    {
        await using OpenPage open = await browser.OpenAsync();
        int frame = await open.FrameAsync();
        await open.Page.ClickAsync("#zoom-in");
        await open.Page.ClickAsync("#zoom-in");
        await open.SettleAsync();
        await open.Page.Locator("#plot").ScrollIntoViewIfNeededAsync();
        string before = await open.Page.EvaluateAsync<string>("() => document.querySelector('#plot canvas').toDataURL()");
        LocatorBoundingBoxResult plot = (await open.Page.Locator("#plot canvas").BoundingBoxAsync())!;
        await open.Page.Mouse.MoveAsync(plot.X + 600, plot.Y + 150);
        await open.Page.Mouse.DownAsync();
        await open.Page.Mouse.MoveAsync(plot.X + 300, plot.Y + 150, new() { Steps = 4 });
        await open.Page.Mouse.UpAsync();
        await open.SettleAsync();

        Assert.Equal(frame, await open.FrameAsync());
        Assert.NotEqual(before, await open.Page.EvaluateAsync<string>("() => document.querySelector('#plot canvas').toDataURL()"));
    }

    [Fact]
    public async Task Keys_move_the_cursor_find_the_worst_frame_and_zoom()
    {
        await using OpenPage open = await browser.OpenAsync();
        await open.Page.ClickAsync("[role=tab] >> nth=1");
        await open.Page.FocusAsync("#plot");
        await open.Page.Keyboard.PressAsync("Home");
        Assert.Equal(0, await open.FrameAsync());

        await open.Page.Keyboard.PressAsync("ArrowRight");
        await open.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(2, await open.FrameAsync());
        await open.Page.Keyboard.PressAsync("Shift+ArrowRight");
        Assert.Equal(12, await open.FrameAsync());
        await open.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal(11, await open.FrameAsync());
        await open.Page.Keyboard.PressAsync("PageUp");
        Assert.Equal(41, await open.FrameAsync());
        await open.Page.Keyboard.PressAsync("End");
        Assert.Equal(SamplePage.Frames - 1, await open.FrameAsync());

        await open.Page.Keyboard.PressAsync("w");
        Assert.Equal(SamplePage.WorstFrame, await open.FrameAsync());
        Assert.Contains("error 2", await open.Page.GetAttributeAsync("#plot", "aria-valuetext"), StringComparison.Ordinal);

        string whole = await open.Page.EvaluateAsync<string>("() => document.querySelector('#plot canvas').toDataURL()");
        await open.Page.Keyboard.PressAsync("+");
        await open.SettleAsync();
        string zoomed = await open.Page.EvaluateAsync<string>("() => document.querySelector('#plot canvas').toDataURL()");
        await open.Page.Keyboard.PressAsync("0");
        await open.SettleAsync();
        Assert.NotEqual(whole, zoomed);
        Assert.Equal(whole, await open.Page.EvaluateAsync<string>("() => document.querySelector('#plot canvas').toDataURL()"));
        open.AssertQuiet();
    }

    [Fact]
    public async Task Tab_reaches_every_control_in_order_and_shows_where_it_is()
    {
        await using OpenPage open = await browser.OpenAsync();
        List<string> reached = [];
        for (int i = 0; i < 12; i++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            reached.Add(await open.Page.EvaluateAsync<string>("""
                () => {
                  const at = document.activeElement;
                  if (getComputedStyle(at).outlineStyle === 'none') return 'no focus shown on ' + at.outerHTML.slice(0, 60);
                  return at.id || at.dataset.jump || at.className || at.tagName;
                }
                """));
        }

        Assert.Equal(["skip", "theme", "tab-0", "play", "worst", "blink", "saccade", "strip", "zoom-in", "zoom-out", "zoom-all", "plot"], reached);
    }

    [Fact]
    public async Task Tabs_switch_between_people_also_by_keys()
    {
        await using OpenPage open = await browser.OpenAsync();
        Assert.Contains("Gaze shifted", await open.Page.InnerTextAsync("#findings"), StringComparison.Ordinal);

        await open.Page.FocusAsync("#tab-0");
        await open.Page.Keyboard.PressAsync("ArrowRight");
        await open.SettleAsync();

        Assert.Equal("true", await open.Page.GetAttributeAsync("#tab-1", "aria-selected"));
        Assert.Equal("tab-1", await open.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Contains("No fault found", await open.Page.InnerTextAsync("#findings"), StringComparison.Ordinal);
        Assert.Contains($"#{SamplePage.WorstFrame}", await open.Page.InnerTextAsync("#worst li >> nth=0"), StringComparison.Ordinal);
        open.AssertQuiet();
    }

    [Fact]
    public async Task The_filmstrip_holds_what_is_in_sight_and_moves_the_cursor()
    {
        await using OpenPage open = await browser.OpenAsync();
        int shown = await open.Page.Locator("#strip .shot").CountAsync();
        Assert.InRange(shown, 8, 20);

        await open.Page.EvaluateAsync("() => { document.getElementById('strip').scrollLeft = 1e6; }");
        await open.SettleAsync();
        await open.Page.ClickAsync("#strip .shot >> nth=-1");

        Assert.InRange(await open.FrameAsync(), 100, SamplePage.Frames - 1);
        Assert.Equal(1, await open.Page.Locator("#strip .shot[aria-current=true]").CountAsync());
    }

    [Fact]
    public async Task It_plays_to_the_end_and_stops()
    {
        await using OpenPage open = await browser.OpenAsync();
        await open.Page.FocusAsync("#plot");
        await open.Page.Keyboard.PressAsync("End");
        await open.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        int before = await open.FrameAsync();
        await open.Page.Keyboard.PressAsync("Space");
        await open.Page.WaitForFunctionAsync($"() => document.getElementById('plot').ariaValueNow === '{SamplePage.Frames - 1}' && document.getElementById('play').textContent === 'Play'");

        Assert.Equal(SamplePage.Frames - 11, before);
        open.AssertQuiet();
    }

    [Fact]
    public async Task A_frame_without_a_picture_says_so()
    {
        await using OpenPage open = await browser.OpenAsync();
        await open.Page.FocusAsync("#plot");
        await open.Page.Keyboard.PressAsync("Home");
        await open.Page.Keyboard.PressAsync("ArrowRight");
        await open.SettleAsync();

        Assert.Contains("no picture of this frame", await open.Page.InnerTextAsync("#frame-title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_floor_and_what_each_figure_means_stand_beside_the_error()
    {
        await using OpenPage open = await browser.OpenAsync();
        Assert.Contains("The estimator alone is wrong by 4.9°", await open.Page.InnerTextAsync("#tiles"), StringComparison.Ordinal);
        string statistics = await open.Page.InnerTextAsync("#statistics");
        Assert.Contains("floor: performer clips", statistics, StringComparison.Ordinal);
        Assert.Contains("10.28°", statistics, StringComparison.Ordinal);
        Assert.Contains("One frame in twenty is worse.", statistics, StringComparison.Ordinal);
        Assert.Contains(new string('a', 64), await open.Page.InnerTextAsync("#made"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_files_cannot_become_part_of_the_page()
    {
        const string Evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>.mp4";
        using TemporaryFolder folder = new();
        await SamplePage.WriteAsync(SamplePage.Report(Evil, "\u2028'\"&" + Evil), folder["evil.html"], hasPictures: false);

        await using OpenPage open = await browser.OpenAsync(folder["evil.html"]);

        Assert.Contains("<img src=x onerror=alert(2)>.mp4", await open.Page.InnerTextAsync("#heading"), StringComparison.Ordinal);
        Assert.Contains("No pictures in this page", await open.Page.InnerTextAsync("#strip"), StringComparison.Ordinal);
        open.AssertQuiet();
    }

    [Fact]
    public async Task A_report_without_faces_says_so()
    {
        using TemporaryFolder folder = new();
        GazeReport report = SamplePage.Report();
        report = report with { Frames = [.. report.Frames.Select(frame => frame with { Faces = [] })], Summary = null };
        await SamplePage.WriteAsync(report, folder["empty.html"], hasPictures: false);

        await using OpenPage open = await browser.OpenAsync(folder["empty.html"]);

        string notices = await open.Page.InnerTextAsync("#notices");
        Assert.Contains("No face was seen", notices, StringComparison.Ordinal);
        Assert.Contains("cut off", notices, StringComparison.Ordinal);
        open.AssertQuiet();
    }

    [Fact]
    public async Task It_prints_on_white_whatever_the_screen_shows()
    {
        await using OpenPage open = await browser.OpenAsync(isDark: true);
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await open.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        Assert.Equal("rgb(255, 255, 255)", await open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.Equal("light", await open.Page.EvaluateAsync<string>("() => document.documentElement.dataset.theme"));
        Assert.False(await open.Page.IsVisibleAsync("#theme"));

        await open.Page.EvaluateAsync("() => dispatchEvent(new Event('afterprint'))");
        Assert.Equal("dark", await open.Page.EvaluateAsync<string>("() => document.documentElement.dataset.theme"));
    }
}
