using System.Text.Json;

namespace VideoGaze.Stages.Report.Live;

/// <summary>Makes the figures of a run that goes on: seldom enough to cost next to nothing, however long it becomes. Not for several threads at once.</summary>
/// <param name="time">Paces it.</param>
internal sealed class LiveFigureMaker(TimeProvider time)
{
    // Nobody reads faster than this; and figures are worth a fiftieth of a core.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1.5);
    private const int Share = 50;

    private readonly SortedDictionary<int, LivePerson> people = [];
    private GazeTally tally = new();
    private bool isStale;
    private long start;
    private long made;
    private TimeSpan pause;

    /// <summary>Latest figures; empty before the first.</summary>
    public byte[] Json { get; private set; } = [];

    /// <summary>How many times they were made.</summary>
    public int Version { get; private set; }

    /// <summary>What is to be counted, before the first frame.</summary>
    /// <param name="header">The report's first line.</param>
    public void Begin(GazeReportHeader header) => tally = new(header);

    /// <summary>Takes the next frame.</summary>
    /// <param name="record">The frame.</param>
    /// <param name="firstFrame">Number of the frame at place 0.</param>
    public void Add(FrameGazeRecord record, long firstFrame)
    {
        isStale = true;
        start = firstFrame;
        tally.Add(record);
        foreach (FaceGazeRecord face in record.Faces)
        {
            if (!people.TryGetValue(face.Track, out LivePerson? person))
            {
                people[face.Track] = person = new LivePerson(firstFrame);
            }

            person.Add(record, face);
        }
    }

    /// <summary>Makes them if there is something new and it is time.</summary>
    /// <param name="isFinal">Whether they are the last: then it is time in any case.</param>
    public void Refresh(bool isFinal)
    {
        if (!isStale || (Version > 0 && !isFinal && time.GetElapsedTime(made) < pause))
        {
            return;
        }

        long begun = time.GetTimestamp();
        var figures = new LiveFigures(start, tally.Summarise(), [.. people.Select(pair => pair.Value.Moments(pair.Key))]);
        Json = JsonSerializer.SerializeToUtf8Bytes(figures, LiveJson.Default.LiveFigures);
        Version++;
        isStale = false;
        made = time.GetTimestamp();

        // The first time is mostly spent on compiling.
        pause = Version == 1 ? Least : TimeSpan.FromTicks(Math.Max(Least.Ticks, time.GetElapsedTime(begun, made).Ticks * Share));
    }
}
