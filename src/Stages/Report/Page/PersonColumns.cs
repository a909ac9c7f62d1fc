using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Report.Page;

/// <summary>Turns one person's lines of a report into the page's columns, and finds the moments that are worth a picture.</summary>
internal sealed class PersonColumns
{
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

    /// <summary>Places in the middle of the blinks of either side, at the end of its saccades, where the eye has arrived, and in the middle of what a gate flagged or repaired.</summary>
    public int[] Events { get; private set; } = [];

    /// <summary>Seconds between frames; 0 where one frame is all there is.</summary>
    public double FrameSeconds { get; private set; }

    private IReadOnlyList<PageGateRun> GateRuns { get; set; } = [];

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
            GateRuns,
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

        PageEyes Eyes(Func<FaceGazeRecord, EyesRecord?> eyes, GazeStream stream, EyeMovements? moves)
        {
            var marks = PageMarks.Of(stream, moves, Place(0));
            return new(
                Column(face => eyes(face)?.Yaw, 10),
                Column(face => eyes(face)?.Pitch, 10),
                Column(face => eyes(face) is { Openness.Length: > 0 } known ? known.Openness.Average() : null, 100),
                Column(face => eyes(face)?.Confidence, 100),
                marks.Blinks,
                marks.Saccades);
        }
    }

    private void Finish()
    {
        if (series.FrameSeconds() is { } seconds && seconds > 0)
        {
            FrameSeconds = seconds;
            SourceMoves = EyeMovements.Of(series.Source, seconds);
            OutputMoves = EyeMovements.Of(series.Output, seconds);
        }

        Worst = WorstMoments.Of(faces.Where(pair => pair.Value.Error is not null).Select(pair => (pair.Key, pair.Value.Error!.Value)), FrameSeconds);
        IEnumerable<int> blinks = GazeAnalysis.Runs(series.Source.Shut).Concat(GazeAnalysis.Runs(series.Output.Shut)).Select(run => (run.First + run.Last) / 2);
        IEnumerable<int> arrivals = (SourceMoves?.Saccades ?? []).Concat(OutputMoves?.Saccades ?? []).Select(saccade => saccade.Last);
        GateRuns = PageGateRun.Of(faces);
        IEnumerable<int> gated = GateRuns.Select(run => run.First + (run.Before.Length / 2));
        Events = [.. blinks.Concat(arrivals).Select(Place).Concat(gated).Where(faces.ContainsKey).Distinct().Order()];
    }

    // From a place in the person's series to one of the report.
    private int Place(int inSeries) => (int)(series.FirstFrame - firstFrame) + inSeries;
}
