using System.Collections.Concurrent;

namespace VideoGaze.Stages.Report.Live;

/// <summary>
/// What those who watch a run are told. The run puts in and never waits; each viewer reads at its own pace from what is kept: about a hundred bytes a face and frame
/// for the lines, 48 for the figures, and some megabytes of pictures. So whoever comes late or comes back has all lines, and viewers need no queues.
/// </summary>
public sealed class LiveFeed
{
    // About 200 kB and 150 kB of a message.
    private const int LinesAtOnce = 2000;
    private const int PicturesAtOnce = 8;

    private const int FirstState = 1;

    private readonly Lock gate = new();
    private readonly ConcurrentQueue<FrameGazeRecord> arrived = new();
    private readonly TaskCompletionSource<LiveBeginning?> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LivePictures pictures = new();
    private readonly LiveFigureMaker figures;
    private readonly List<byte[]> lines = [];
    private TaskCompletionSource? news;
    private long? firstFrame;
    private long? firstShown;
    private int lastPlace = -1;
    private LiveState state = new("Waiting for the first frame.", Ended: false);
    private int stateVersion = FirstState;

    /// <summary>A feed that nobody has put anything into.</summary>
    /// <param name="time">Paces the figures.</param>
    /// <param name="run">Tells this run from others that may have the same address; letters, digits and hyphens.</param>
    public LiveFeed(TimeProvider time, string run)
    {
        figures = new(time);
        Run = run;
    }

    /// <summary>Tells this run from others.</summary>
    public string Run { get; }

    /// <summary>How the run goes, or how it went.</summary>
    public string Words
    {
        get
        {
            lock (gate)
            {
                return state.Words;
            }
        }
    }

    /// <summary>Done once there is something that was not there when it was asked for.</summary>
    internal Task Changed
    {
        get
        {
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref news, fresh, null) ?? fresh).Task;
        }
    }

    /// <summary>The page, as soon as the run knows what it will measure; null where it ended before that.</summary>
    public async Task<string?> PageAsync(CancellationToken cancellationToken) =>
        await begun.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is { } beginning ? LivePage.Write(beginning, Run) : null;

    /// <summary>Says in a sentence what the run does now.</summary>
    public void Say(string words) => Tell(new(words, Ended: false));

    /// <summary>The run has ended; a sentence says how. Later words are not heard.</summary>
    public void End(string words)
    {
        Tell(new(words, Ended: true));
        begun.TrySetResult(null);
    }

    /// <summary>The run knows what it will measure.</summary>
    internal void Begin(LiveBeginning beginning)
    {
        lock (gate)
        {
            figures.Begin(beginning.Header);
        }

        begun.TrySetResult(beginning);
    }

    /// <summary>Takes a frame; frames come in order. Never waits: where a viewer is reading, the frame is put in order with the next.</summary>
    internal void Take(FrameGazeRecord record)
    {
        arrived.Enqueue(record);
        if (gate.TryEnter())
        {
            try
            {
                Drain();
            }
            finally
            {
                gate.Exit();
            }
        }

        Signal();
    }

    /// <summary>Makes a picture of a face if it is worth one. From one thread.</summary>
    /// <param name="frame">Number of the frame, which may be yet to be taken.</param>
    /// <param name="seconds">Its time.</param>
    /// <param name="face">What was measured.</param>
    /// <param name="sides">Source above output, where both are there.</param>
    internal void Show(long frame, double seconds, FaceGazeRecord face, params ReadOnlySpan<EyesView> sides)
    {
        if (pictures.Wants(seconds, face, out bool isWorst))
        {
            pictures.Add(new(face.Track, EyesPicture.Make((int)(frame - (firstShown ??= frame)), sides)), isWorst);
        }
    }

    /// <summary>The first frame, whether or not it shows anybody: pictures count their places from it. From the thread of <see cref="Show"/>.</summary>
    internal void StartShowing(long frame) => firstShown ??= frame;

    /// <summary>What a viewer has not had; null where it has had all.</summary>
    internal LiveMessage? Read(LiveCursor from)
    {
        lock (gate)
        {
            Drain();
            figures.Refresh(state.Ended);
            int lineEnd = Math.Max(from.Lines, Math.Min(lines.Count, from.Lines + LinesAtOnce));
            IReadOnlyList<(int Number, byte[] Json)> shown = lineEnd >= lines.Count ? pictures.From(from.Pictures, lastPlace, PicturesAtOnce) : [];
            int pictureEnd = shown.Count > 0 ? shown[^1].Number + 1 : from.Pictures;
            bool hasMore = lineEnd < lines.Count || pictures.From(pictureEnd, lastPlace, 1).Count > 0;

            // The end is the last thing to be told.
            bool tellsState = from.State != stateVersion && !(state.Ended && hasMore);
            var next = new LiveCursor(lineEnd, pictureEnd, figures.Version, tellsState ? stateVersion : from.State);
            return next == from ? null : new(
                LiveMessageJson.Write(
                    lines[from.Lines..lineEnd], [.. shown.Select(picture => picture.Json)], figures.Version != from.Figures ? figures.Json : [], tellsState ? state : null),
                next,
                hasMore,
                state.Ended && !hasMore);
        }
    }

    private void Tell(LiveState words)
    {
        lock (gate)
        {
            if (!state.Ended)
            {
                state = words;
                stateVersion++;
            }
        }

        Signal();
    }

    private void Drain()
    {
        while (arrived.TryDequeue(out FrameGazeRecord? record))
        {
            if (stateVersion == FirstState)
            {
                (state, stateVersion) = (new("Running.", Ended: false), FirstState + 1);
            }

            long first = firstFrame ??= record.Frame;
            lastPlace = (int)(record.Frame - first);
            lines.Add(LiveLine.Of(record, first));
            figures.Add(record, first);
        }
    }

    private void Signal() => Interlocked.Exchange(ref news, null)?.TrySetResult();
}
