using System.Text.Json;
using Microsoft.Playwright;

namespace VideoGaze.Page.Tests.Support;

/// <summary>A page in a browser. It remembers what went wrong and what was asked of any network.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> faults = [];
    private readonly List<string> requests = [];

    internal OpenPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;

        // A busy machine draws slowly; what does not come at all still fails.
        page.SetDefaultTimeout(120_000);
        page.SetDefaultNavigationTimeout(120_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                faults.Add(message.Text);
            }
        };
        page.PageError += (_, error) => faults.Add(error);
        page.Dialog += async (_, dialog) =>
        {
            faults.Add("dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        page.Request += (_, request) => requests.Add(request.Url);
    }

    /// <summary>The browser's page.</summary>
    public IPage Page { get; }

    /// <summary>Frame number under the cursor.</summary>
    public async Task<int> FrameAsync()
    {
        await SettleAsync();
        return int.Parse((await Page.GetAttributeAsync("#plot", "aria-valuenow"))!, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until what was asked for is drawn: two screen frames, and all pictures in sight decoded.</summary>
    public async Task SettleAsync() => await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))");

    /// <summary>How many different colours a canvas shows, and how large it is.</summary>
    public async Task<(int Colours, int Width, int Height)> CanvasAsync(string selector)
    {
        JsonElement? answer = await Page.EvalOnSelectorAsync<JsonElement>(selector, """
            canvas => {
              const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
              return { colours: new Set(pixels).size, width: canvas.clientWidth, height: canvas.clientHeight };
            }
            """);
        return (answer.Value.GetProperty("colours").GetInt32(), answer.Value.GetProperty("width").GetInt32(), answer.Value.GetProperty("height").GetInt32());
    }

    /// <summary>Fails if the page of a run that goes on complained or asked anybody but the run.</summary>
    public void AssertAsksOnly(Uri run)
    {
        Assert.Empty(faults);
        Assert.DoesNotContain(requests, url => !url.StartsWith(run.AbsoluteUri, StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal));
        Assert.Contains(new Uri(run, "events").AbsoluteUri, requests);
    }

    /// <summary>Fails if the page complained or asked for anything but itself and what it carries.</summary>
    public void AssertQuiet()
    {
        Assert.Empty(faults);
        Assert.DoesNotContain(requests, url => !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal));
        Assert.Single(requests, url => url.StartsWith("file:", StringComparison.Ordinal));
    }

    /// <summary>Keeps what the page looks like, for people, where <c>VIDEOGAZE_SCREENSHOTS</c> names a folder.</summary>
    public async Task ShootAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("VIDEOGAZE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    internal async Task GoAsync(string address)
    {
        await Page.GotoAsync(address);
        await SettleAsync();
    }
}
