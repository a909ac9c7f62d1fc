using System.Text.Json;
using VideoGaze.Page.Tests.Support;
using VideoGaze.TestSupport;

namespace VideoGaze.Page.Tests;

/// <summary>What a page shows of frames that a gate flagged or repaired.</summary>
public sealed class GateBrowserTests(Browser browser)
{
    private const string Flagged = "rgb(180, 35, 24)";
    private const string Repaired = "rgb(0, 121, 107)";

    [Fact]
    public async Task Flagged_and_repaired_frames_are_marked_in_the_plot_and_its_legend_says_how()
    {
        using var folder = new TemporaryFolder();
        await using OpenPage open = await OpenAsync(folder);

        string legend = await open.Page.InnerTextAsync(".legend");
        Assert.Contains("flagged by the gate", legend, StringComparison.Ordinal);
        Assert.Contains("repaired", legend, StringComparison.Ordinal);
        Assert.Contains("the gate’s limit, 4°", legend, StringComparison.Ordinal);

        // Person 1: frames 62 to 67 are flagged, in the upper half of the lane.
        Assert.Equal((int[])[62, 63, 64, 65, 66, 67], await MarkedFramesAsync(open, Flagged, row: 57));
        Assert.Empty(await MarkedFramesAsync(open, Repaired, row: 64));

        await open.Page.ClickAsync("#tab-1");
        await open.SettleAsync();
        Assert.Equal((int[])[44, 45, 46, 47, 48, 49, 50, 51, 52], await MarkedFramesAsync(open, Repaired, row: 64));
        Assert.Empty(await MarkedFramesAsync(open, Flagged, row: 57));
        open.AssertQuiet();
    }

    [Fact]
    public async Task The_frame_s_own_panel_says_what_the_gate_did_and_what_the_error_was()
    {
        using var folder = new TemporaryFolder();
        await using OpenPage open = await OpenAsync(folder);
        await open.Page.ClickAsync("#tab-1");
        await open.Page.FocusAsync("#plot");
        await open.Page.Keyboard.PressAsync("Home");
        await open.SettleAsync();
        Assert.DoesNotContain("repaired", await open.Page.InnerTextAsync("#frame-title"), StringComparison.Ordinal);
        Assert.DoesNotContain("repaired", await open.Page.GetAttributeAsync("#plot", "aria-valuetext"), StringComparison.Ordinal);

        // Of the stretch of nine frames the one that was worst as it was made.
        await open.Page.Keyboard.PressAsync("g");
        Assert.Equal(SamplePage.WorstFrame, await open.FrameAsync());
        string title = await open.Page.InnerTextAsync("#frame-title");
        Assert.Contains("error 0.25°", title, StringComparison.Ordinal);
        Assert.Contains("repaired, was 2", title, StringComparison.Ordinal);
        Assert.Contains("repaired, was 2", await open.Page.GetAttributeAsync("#plot", "aria-valuetext"), StringComparison.Ordinal);
        Assert.Contains("repaired", await open.Page.InnerTextAsync("#strip .shot[aria-current=true]"), StringComparison.Ordinal);
        open.AssertQuiet();
    }

    [Fact]
    public async Task Worst_frames_carry_the_mark_and_the_result_counts_them()
    {
        using var folder = new TemporaryFolder();
        await using OpenPage open = await OpenAsync(folder);
        string tiles = await open.Page.InnerTextAsync("#tiles");
        Assert.Contains("Repaired by the gate\n\n0 frames", tiles, StringComparison.Ordinal);
        Assert.Contains("6 of", tiles, StringComparison.Ordinal);

        IReadOnlyList<string> worst = await open.Page.Locator("#worst li").AllInnerTextsAsync();
        foreach (string entry in worst)
        {
            int frame = int.Parse(entry[(entry.IndexOf('#', StringComparison.Ordinal) + 1)..].Split('\n')[0].Trim(), System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(frame is >= 62 and <= 67, entry.Contains("flagged: above 4.0°", StringComparison.Ordinal));
        }

        Assert.Contains(worst, entry => entry.Contains("flagged", StringComparison.Ordinal));

        await open.Page.ClickAsync("#tab-1");
        await open.SettleAsync();
        tiles = await open.Page.InnerTextAsync("#tiles");
        Assert.Contains("Repaired by the gate\n\n9 frames", tiles, StringComparison.Ordinal);
        Assert.Contains("1 of", tiles, StringComparison.Ordinal);
        Assert.Contains("Frames that the gate repaired", await open.Page.InnerTextAsync("#statistics"), StringComparison.Ordinal);
        open.AssertQuiet();
    }

    [Fact]
    public async Task A_page_without_a_gate_says_nothing_of_one()
    {
        await using OpenPage open = await browser.OpenAsync();
        Assert.DoesNotContain("gate", await open.Page.InnerTextAsync("#person"), StringComparison.Ordinal);
        await open.Page.FocusAsync("#plot");
        int before = await open.FrameAsync();
        await open.Page.Keyboard.PressAsync("g");
        Assert.Equal(before, await open.FrameAsync());
        open.AssertQuiet();
    }

    [Fact]
    public async Task A_run_that_goes_on_marks_them_as_they_come()
    {
        await using LiveSample run = await LiveSample.StartAsync(isGated: true);
        await using OpenPage open = await browser.OpenAsync(run.Server.Url);
        run.Go(65);
        await open.Page.WaitForFunctionAsync("() => Number(document.getElementById('plot').getAttribute('aria-valuemax') ?? -1) >= 64");
        await open.SettleAsync();
        Assert.Contains("flagged: above 4.0°", await open.Page.InnerTextAsync("#frame-title"), StringComparison.Ordinal);

        run.Go(55);
        run.Feed.End("Over.");
        await open.Page.WaitForFunctionAsync("() => document.getElementById('run-words').textContent.includes('Over.')");
        await open.SettleAsync();
        Assert.Equal((int[])[62, 63, 64, 65, 66, 67], await MarkedFramesAsync(open, Flagged, row: 57));
        await open.Page.ClickAsync("#tab-1");
        await open.Page.Keyboard.PressAsync("g");
        Assert.Equal(SamplePage.WorstFrame, await open.FrameAsync());
        Assert.Contains("repaired, was 2", await open.Page.InnerTextAsync("#frame-title"), StringComparison.Ordinal);
        Assert.Contains("Repaired by the gate\n\n9 frames", await open.Page.InnerTextAsync("#tiles"), StringComparison.Ordinal);
        await open.ShootAsync("live-gate");
        open.AssertAsksOnly(run.Server.Url);
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Words_at_the_plot_s_axes_do_not_touch_and_marks_fit_the_screen(int width, bool isDark)
    {
        using var folder = new TemporaryFolder();
        await using OpenPage open = await OpenAsync(folder, width, isDark);
        Assert.Equal(width, await open.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));

        // Rows with ink left of the panels: words are 11 pixels high, two that touch would be one block of more.
        JsonElement? answer = await open.Page.EvalOnSelectorAsync<JsonElement>("#plot canvas", """
            canvas => {
              const pixels = canvas.getContext('2d').getImageData(14, 0, 37, canvas.height).data;
              const blocks = [];
              let height = 0;
              for (let y = 0; y <= canvas.height; y++) {
                let hasInk = false;
                for (let x = 0; y < canvas.height && x < 37; x++) hasInk ||= pixels[4 * (y * 37 + x) + 3] > 60;
                if (hasInk) height++; else if (height > 0) { blocks.push(height); height = 0; }
              }
              return blocks;
            }
            """);
        List<int> blocks = [.. answer!.Value.EnumerateArray().Select(block => block.GetInt32())];
        Assert.True(blocks.Count > 10, $"{blocks.Count} words");
        Assert.True(blocks.Max() <= 12, "blocks of " + string.Join(' ', blocks));
        await open.ShootAsync($"gate-{width}-{(isDark ? "dark" : "light")}");
        open.AssertQuiet();
    }

    private async Task<OpenPage> OpenAsync(TemporaryFolder folder, int width = 1440, bool isDark = false)
    {
        await SamplePage.WriteAsync(SamplePage.Gated(), folder["gated.html"]);
        return await browser.OpenAsync(folder["gated.html"], width, isDark: isDark);
    }

    /// <summary>Frames whose middle shows a colour in a row of the plot.</summary>
    private static async Task<int[]> MarkedFramesAsync(OpenPage open, string colour, int row)
    {
        JsonElement? answer = await open.Page.EvalOnSelectorAsync<JsonElement>("#plot canvas", $$"""
            canvas => {
              const [red, green, blue] = '{{colour}}'.match(/\d+/g).map(Number);
              const last = Number(document.getElementById('plot').getAttribute('aria-valuemax'));
              const width = canvas.clientWidth - 68;
              // A copy: reading the canvas itself again and again would make it slow, and the browser says so.
              const copy = document.createElement('canvas');
              copy.width = canvas.width;
              copy.height = canvas.height;
              const pen = copy.getContext('2d', { willReadFrequently: true });
              pen.drawImage(canvas, 0, 0);
              const found = [];
              for (let frame = 0; frame < last; frame++) {
                const from = 58 + (frame / last) * width;
                const pixels = pen.getImageData(Math.ceil(from), {{row}}, Math.max(Math.floor(width / last) - 1, 1), 1).data;
                for (let i = 0; i < pixels.length; i += 4) {
                  if (Math.abs(pixels[i] - red) < 6 && Math.abs(pixels[i + 1] - green) < 6 && Math.abs(pixels[i + 2] - blue) < 6 && pixels[i + 3] > 200) {
                    found.push(frame);
                    break;
                  }
                }
              }
              return found;
            }
            """);
        return [.. answer!.Value.EnumerateArray().Select(frame => frame.GetInt32())];
    }
}
