using System.Text.Json;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Live;
using VideoGaze.Stages.Report.Page;

namespace VideoGaze.Stages.Tests.Report;

/// <summary>What those who watch a run are told, without a server.</summary>
public sealed class LiveFeedTests
{
    private const string Run = "run-1";
    private static readonly GazeSetup Setup = new("stand-in", [new ModelRecord("gaze", "g.onnx", new string('a', 64))], new GazeOptions());

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_that_comes_late_gets_all_lines_and_then_the_new_ones()
    {
        LiveFeed feed = Begun();
        for (int i = 0; i < 100; i++)
        {
            feed.Take(LiveSamples.Frame(i));
        }

        var viewer = new ViewerStream();
        Task<LiveEnd> serving = new LiveViewer(feed, TimeProvider.System).ServeAsync(viewer, string.Empty, Ended);
        await viewer.UntilLinesAsync(100);
        for (int i = 100; i < 150; i++)
        {
            feed.Take(LiveSamples.Frame(i));
        }

        feed.End("It is over.");

        Assert.Equal(LiveEnd.Told, await serving);
        Assert.Equal(Enumerable.Range(0, 150), viewer.Places);
        Assert.Equal("It is over.", viewer.Words);
        Assert.True(viewer.IsTold);
    }

    [Fact]
    public async Task A_viewer_that_comes_back_gets_what_it_lacks_and_figures_anew()
    {
        LiveFeed feed = Begun();
        for (int i = 0; i < 40; i++)
        {
            feed.Take(LiveSamples.Frame(i));
        }

        feed.End("Over.");
        var viewer = new ViewerStream();
        await new LiveViewer(feed, TimeProvider.System).ServeAsync(viewer, $"{Run}.30.0", Ended);

        Assert.Equal(Enumerable.Range(30, 10), viewer.Places);
        Assert.Equal(40, viewer.Figures!.Value.GetProperty("summary").GetProperty("frames").GetInt32());
        Assert.Equal($"{Run}.40.0", viewer.LastId);
    }

    [Theory]
    [InlineData("run-2.30.0")]
    [InlineData("run-1.x.0")]
    [InlineData("nonsense")]
    public async Task A_viewer_of_another_run_is_told_to_begin_anew(string id)
    {
        LiveFeed feed = Begun();
        feed.Take(LiveSamples.Frame(0));
        var viewer = new ViewerStream();
        await new LiveViewer(feed, TimeProvider.System).ServeAsync(viewer, id, Ended);

        Assert.Empty(viewer.Places);
        Assert.Equal(["{\"reset\":true}"], viewer.Messages);
    }

    [Fact]
    public async Task A_viewer_that_does_not_read_is_dropped_and_holds_up_nobody()
    {
        LiveFeed feed = Begun();
        var stuck = new StuckStream();
        var reader = new ViewerStream();
        feed.Take(LiveSamples.Frame(0));
        Task<LiveEnd> stuckEnd = new LiveViewer(feed, TimeProvider.System) { Patience = TimeSpan.FromMilliseconds(300) }.ServeAsync(stuck, string.Empty, Ended);
        Task<LiveEnd> readerEnd = new LiveViewer(feed, TimeProvider.System).ServeAsync(reader, string.Empty, Ended);
        await stuck.Reached;
        for (int i = 1; i < 1000; i++)
        {
            feed.Take(LiveSamples.Frame(i));
        }

        feed.End("Over.");
        Assert.Equal(LiveEnd.Told, await readerEnd);
        Assert.Equal(1000, reader.Places.Count);
        Assert.Equal(LiveEnd.Dropped, await stuckEnd);
        Assert.Equal(1, stuck.Writes);
    }

    [Fact]
    public async Task Many_viewers_get_the_same()
    {
        LiveFeed feed = Begun();
        ViewerStream[] viewers = [.. Enumerable.Range(0, 50).Select(_ => new ViewerStream())];
        Task<LiveEnd>[] serving = [.. viewers.Select(viewer => new LiveViewer(feed, TimeProvider.System).ServeAsync(viewer, string.Empty, Ended))];
        for (int i = 0; i < 300; i++)
        {
            feed.Take(LiveSamples.Frame(i));
            await Task.Yield();
        }

        feed.End("Over.");
        Assert.All(await Task.WhenAll(serving), end => Assert.Equal(LiveEnd.Told, end));
        Assert.All(viewers, viewer => Assert.Equal(Enumerable.Range(0, 300), viewer.Places));
        Assert.All(viewers, viewer => Assert.Equal(viewers[0].Figures!.Value.GetRawText(), viewer.Figures!.Value.GetRawText()));
    }

    [Fact]
    public async Task A_long_run_comes_in_messages_of_bounded_size()
    {
        LiveFeed feed = Begun();
        for (int i = 0; i < 9000; i++)
        {
            feed.Take(LiveSamples.Frame(i));
        }

        feed.End("Over.");
        var viewer = new ViewerStream();
        await new LiveViewer(feed, TimeProvider.System).ServeAsync(viewer, string.Empty, Ended);

        Assert.Equal(9000, viewer.Places.Count);
        Assert.All(viewer.Messages, message => Assert.InRange(message.Length, 1, 500_000));
    }

    [Fact]
    public async Task Lines_and_figures_are_those_of_the_finished_page()
    {
        List<FrameGazeRecord> frames = [.. Enumerable.Range(0, 200).Select(LiveSamples.Frame)];
        LiveFeed feed = Begun();
        frames.ForEach(feed.Take);
        feed.End("Over.");
        var viewer = new ViewerStream();
        await new LiveViewer(feed, TimeProvider.System).ServeAsync(viewer, string.Empty, Ended);

        PagePerson page = PersonColumns.Of(new GazeReport(Header(), frames, null))[0].ToPage([]);
        int?[][] columns = [page.Error, page.Skip, page.HeadYaw, page.HeadPitch, page.Source.Yaw, page.Source.Pitch, page.Source.Openness, page.Source.Confidence, page.Output.Yaw, page.Output.Pitch, page.Output.Openness, page.Output.Confidence];
        for (int place = 0; place < frames.Count; place++)
        {
            JsonElement[] face = [.. viewer.Lines[place][2].EnumerateArray()];
            Assert.Equal(columns.Select(column => column[place]), face.Skip(1).Select(value => value.ValueKind == JsonValueKind.Null ? null : (int?)value.GetInt32()));
        }

        JsonElement marks = viewer.Figures!.Value.GetProperty("moments")[0];
        Assert.NotEmpty(page.Worst);
        Assert.NotEmpty(page.Source.Blinks);
        Assert.Equal(JsonSerializer.Serialize(page.Worst), marks.GetProperty("worst").GetRawText());
        Assert.Equal(JsonSerializer.Serialize(page.Source.Blinks), marks.GetProperty("source").GetProperty("blinks").GetRawText());
        Assert.Equal(JsonSerializer.Serialize(page.Output.Saccades), marks.GetProperty("output").GetProperty("saccades").GetRawText());
        var tally = new GazeTally();
        frames.ForEach(tally.Add);
        Assert.Equal(JsonSerializer.Serialize(tally.Summarise(), GazeReportJson.Default.GazeSummary), viewer.Figures!.Value.GetProperty("summary").GetRawText());
    }

    [Fact]
    public async Task The_page_waits_for_the_run_to_know_itself_and_a_run_that_never_does_has_none()
    {
        var feed = new LiveFeed(TimeProvider.System, Run);
        Task<string?> page = feed.PageAsync(Ended);
        Assert.False(page.IsCompleted);
        feed.Begin(new(Header(), 300, HasSource: true));
        Assert.Contains("\"framesExpected\":300", await page, StringComparison.Ordinal);

        var failed = new LiveFeed(TimeProvider.System, Run);
        failed.End("It failed.");
        failed.End("Later words.");
        Assert.Null(await failed.PageAsync(Ended));
        Assert.Equal("It failed.", failed.Words);
    }

    private static GazeReportHeader Header() => GazeReportHeader.For(Setup, "process", "in.mp4", "out.mp4", provenance: true);

    private static LiveFeed Begun()
    {
        var feed = new LiveFeed(TimeProvider.System, Run);
        feed.Begin(new(Header(), null, HasSource: true));
        return feed;
    }
}
