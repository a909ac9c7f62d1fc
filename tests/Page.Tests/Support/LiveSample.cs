using VideoGaze.Live;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Live;

namespace VideoGaze.Page.Tests.Support;

/// <summary>A run that a test moves on by hand: the lines of <see cref="SamplePage"/> with pictures that are made up.</summary>
internal sealed class LiveSample : IAsyncDisposable
{
    private readonly PixelPool pool = new();
    private readonly GazeReport report;
    private int next;

    private LiveSample(GazeReport report, LiveFeed feed, LiveServer server) => (this.report, Feed, Server) = (report, feed, server);

    public LiveFeed Feed { get; }

    public LiveServer Server { get; }

    /// <summary>Starts to serve, on any port unless one is named.</summary>
    public static async Task<LiveSample> StartAsync(int port = 0, string run = "run-1", string output = "two.swapped.mp4", int frames = SamplePage.Frames, TimeSpan? patience = null, bool isGated = false)
    {
        GazeReport report = isGated ? SamplePage.Gated() : SamplePage.Report(outputName: output, frames: frames);
        var feed = new LiveFeed(TimeProvider.System, run);
        feed.Begin(new(report.Header, frames, HasSource: true));
        return new(report, feed, await LiveServer.StartAsync(feed, new LiveAddress(System.Net.IPAddress.Loopback, port), TimeProvider.System, patience));
    }

    /// <summary>The run makes so many frames more.</summary>
    public void Go(int frames)
    {
        using PixelBuffer crop = pool.Rent(GazeCrop.SpecOf(GazeRegion.Eyes));
        int begin = next;
        for (int end = Math.Min(next + frames, report.Frames.Count); next < end; next++)
        {
            FrameGazeRecord frame = report.Frames[next];
            if (next % 15 == 0 || next == begin)
            {
                // Twice a second, as often as pictures are made.
                Paint(crop, next);
            }

            Feed.StartShowing(frame.Frame);
            foreach (FaceGazeRecord face in frame.Faces)
            {
                var view = new EyesView(crop, new(104, 56), 0.1);
                Feed.Show(frame.Frame, frame.Time, face, view, view);
            }

            Feed.Take(frame);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Feed.End("The test is over.");
        await Server.DisposeAsync();
    }

    /// <summary>Something with many colours that moves.</summary>
    private static void Paint(PixelBuffer crop, int frame)
    {
        for (int y = 0; y < crop.Spec.Height; y++)
        {
            Span<byte> row = crop.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = (byte)((x / 3 * (1 + (x % 3))) + (y * 2) + (frame * 5));
            }
        }
    }
}
