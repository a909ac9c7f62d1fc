using Microsoft.Playwright;
using VideoGaze.Page.Tests.Support;
using VideoGaze.TestSupport;

[assembly: AssemblyFixture(typeof(Browser))]

namespace VideoGaze.Page.Tests.Support;

/// <summary>The system's Chromium and one page of two.mp4, for all tests. Where there is no Chromium, tests that need it are skipped.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly TemporaryFolder folder = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The page as a file.</summary>
    public string SampleFile => folder["page.html"];

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } program)
        {
            return;
        }

        await SamplePage.WriteAsync(SamplePage.Report(), SampleFile);
        playwright = await Playwright.CreateAsync();

        // Root in a container has no sandbox to use; the page is our own.
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
    }

    /// <summary>Opens a page file on a screen of a size and theme.</summary>
    public Task<OpenPage> OpenAsync(string? file = null, int width = 1440, int height = 900, bool isDark = false) =>
        OpenAsync(new Uri(file ?? SampleFile), width, height, isDark);

    /// <summary>Opens a page on a screen of a size and theme.</summary>
    public async Task<OpenPage> OpenAsync(Uri address, int width = 1440, int height = 900, bool isDark = false)
    {
        Assert.SkipWhen(browser is null, "no Chromium is installed: apt-get install chromium");
        IBrowserContext context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        });
        var page = new OpenPage(context, await context.NewPageAsync());
        await page.GoAsync(address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        folder.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .SelectMany(place => Names.Select(name => Path.Combine(place, name))).FirstOrDefault(File.Exists);
}
