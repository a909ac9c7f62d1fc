using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Report.Page;

/// <summary>Turns one person's lines of a report into the page's columns, and finds the moments that are worth a picture.</summary>
internal sealed class PersonColumns
{
    private const int WorstListed = 12;

    // Neighbours of a bad frame are bad as well and look the same: one of each stretch is enough to see.
    private const double SecondsBetweenWorst = 0.3;

    private readonly SortedDictionary<int, FaceGazeRecord> faces = [];
    private readonly GazeSeries series = new();
    private readonly long firstFrame;
    private readonly int track;

    private PersonColumns(int track, long firstFrame)
    {
        this.track = track;
        this.firstFrame = firstFrame;
    }

    /// <summary>The person's faces by place.</summary>
    public IReadOnlyDictionary<int, FaceGazeRecord> Faces => faces;

    /// <summary>Which person.</summary>
    public int Track => track;

    /// <summary>Places of the largest errors, worst first, one of each stretch.</summary>
    public int[] Worst { get; private set; } = [];

    /// <summary>Places in the middle of the blinks of either side and at the end of its saccades, where the eye has arrived.</summary>
    public int[] Events { get; private set; } = [];

    /// <summary>Seconds between frames; 0 where one frame is all there is.</summary>
    public double FrameSeconds { get; private set; }

    private EyeMovements? SourceMoves { get; set; }

    private EyeMovements? OutputMoves { get; set; }

    /// <summary>All people of a report, by track.</summary>
    public static IReadOnlyList<PersonColumns> Of(GazeReport report)
    {
        long first = report.Frames.Count == 0 ? 0 : report.Frames[0].Frame;
        var people = new SortedDictionary<int, PersonColumns>();
        foreach (FrameGazeRecord frame in report.Frames)
        {
            foreach (FaceGazeRecord face in frame.Faces)
            {
                if (!people.TryGetValue(face.Track, out PersonColumns? person))
                {
                    people[face.Track] = person = new PersonColumns(face.Track, first);
                }

                person.faces[(int)(frame.Frame - first)] = face;
                person.series.Add(frame.Frame, frame.Time, face);
            }
        }

        foreach (PersonColumns person in people.Values)
        {
            person.Finish();
        }

        return [.. people.Values];
    }

    /// <summary>The columns with the pictures that were made.</summary>
    public PagePerson ToPage(IReadOnlyList<PagePicture> pictures)
    {
        int first = faces.Keys.First();
        int count = faces.Keys.Last() - first + 1;
        return new(
            track,
            first,
            Column(face => face.Error, 100),
            Column(face => face.Skipped is { } reason ? (double)reason + 1 : 0, 1),
            Column(face => face.Head?.Yaw, 10),
            Column(face => face.Head?.Pitch, 10),
            Eyes(face => face.Source, series.Source, SourceMoves),
            Eyes(face => face.Output, series.Output, OutputMoves),
            Worst,
            pictures);

        int?[] Column(Func<FaceGazeRecord, double?> value, double scale)
        {
            int?[] column = new int?[count];
            foreach ((int place, FaceGazeRecord face) in faces)
            {
                column[place - first] = value(face) is { } some ? (int)Math.Round(some * scale) : null;
            }

            return column;
        }

        PageEyes Eyes(Func<FaceGazeRecord, EyesRecord?> eyes, GazeStream stream, EyeMovements? moves) => new(
            Column(face => eyes(face)?.Yaw, 10),
            Column(face => eyes(face)?.Pitch, 10),
            Column(face => eyes(face) is { Openness.Length: > 0 } known ? known.Openness.Average() : null, 100),
            Column(face => eyes(face)?.Confidence, 100),
            [.. GazeAnalysis.Runs(stream.Shut).Select(run => new[] { Place(run.First), Place(run.Last) })],
            [.. (moves?.Saccades ?? []).Select(saccade => new[] { Place(saccade.First), Place(saccade.Last), (int)Math.Round(saccade.Amplitude * 10) })]);
    }

    private void Finish()
    {
        if (series.FrameSeconds() is { } seconds && seconds > 0)
        {
            FrameSeconds = seconds;
            SourceMoves = EyeMovements.Of(series.Source, seconds);
            OutputMoves = EyeMovements.Of(series.Output, seconds);
        }

        Worst = [.. WorstMoments().Take(WorstListed)];
        IEnumerable<int> blinks = GazeAnalysis.Runs(series.Source.Shut).Concat(GazeAnalysis.Runs(series.Output.Shut)).Select(run => (run.First + run.Last) / 2);
        IEnumerable<int> arrivals = (SourceMoves?.Saccades ?? []).Concat(OutputMoves?.Saccades ?? []).Select(saccade => saccade.Last);
        Events = [.. blinks.Concat(arrivals).Select(Place).Where(faces.ContainsKey).Distinct().Order()];
    }

    private IEnumerable<int> WorstMoments()
    {
        int apart = FrameSeconds > 0 ? (int)Math.Ceiling(SecondsBetweenWorst / FrameSeconds) : 1;
        var shown = new List<int>();
        foreach ((int place, _) in faces.Where(pair => pair.Value.Error is not null).OrderByDescending(pair => pair.Value.Error))
        {
            if (shown.TrueForAll(other => Math.Abs(other - place) >= apart))
            {
                shown.Add(place);
                yield return place;
            }
        }
    }

    // From a place in the person's series to one of the report.
    private int Place(int inSeries) => (int)(series.FirstFrame - firstFrame) + inSeries;
}
