using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Report;

/// <summary>Adds up records while they pass. Keeps 48 bytes a face and frame, so that quantiles are exact and movement can be analysed: an hour of video takes 5 MB a person.</summary>
/// <param name="header">Of the report, for what was asked of it; null where there is none.</param>
public sealed class GazeTally(GazeReportHeader? header = null)
{
    private readonly SecondTally? second = header?.Second is { } other ? new(other.Estimator) : null;
    private readonly GateTally? gate = header?.Gate is { } limit ? new(limit) : null;
    private readonly SortedDictionary<int, TrackTally> tracks = [];
    private readonly List<float> errors = [];
    private long frames;
    private long framesWithFaces;

    /// <summary>Mean error so far in degrees, for progress displays; null before the first.</summary>
    public double? MeanError { get; private set; }

    /// <summary>Takes the next frame.</summary>
    public void Add(FrameGazeRecord record)
    {
        frames++;
        framesWithFaces += record.Faces.Count > 0 ? 1 : 0;
        gate?.Add(record.Frame, [.. record.Faces]);
        second?.Add(record);
        foreach (FaceGazeRecord face in record.Faces)
        {
            if (!tracks.TryGetValue(face.Track, out TrackTally? track))
            {
                tracks[face.Track] = track = new TrackTally(header?.Gate);
            }

            track.Add(record.Frame, record.Time, face);
            if (face.Error is { } error)
            {
                errors.Add((float)error);
                MeanError = MeanError is { } mean ? mean + ((error - mean) / errors.Count) : error;
            }
        }
    }

    /// <summary>The summary of all frames so far.</summary>
    public GazeSummary Summarise()
    {
        List<TrackSummary> summaries = [.. tracks.Select(pair => pair.Value.Summarise(pair.Key))];
        var skipped = new SortedDictionary<GazeSkip, long>();
        foreach (KeyValuePair<GazeSkip, long> part in summaries.SelectMany(track => track.Skipped))
        {
            skipped[part.Key] = skipped.GetValueOrDefault(part.Key) + part.Value;
        }

        long measured = summaries.Sum(track => track.Measured);
        BiasRecord? bias = measured == 0 ? null : new(
            Math.Round(tracks.Values.Sum(track => track.YawSum) / measured, 3),
            Math.Round(tracks.Values.Sum(track => track.PitchSum) / measured, 3));
        return new(
            frames,
            framesWithFaces,
            summaries.Sum(track => track.Faces),
            measured,
            skipped,
            ErrorStatistics.Of(errors),
            bias,
            BlinkStatistics.Sum(summaries.Select(track => track.Blinks)),
            summaries,
            gate?.Summarise(),
            second?.Summarise(summaries),
            header?.FootageFloor);
    }

    private sealed class TrackTally(FrameGate? limit)
    {
        private readonly GateTally? gate = limit is null ? null : new(limit);
        private readonly List<float> errors = [];
        private readonly SortedDictionary<GazeSkip, long> skipped = [];
        private readonly GazeSeries series = new();
        private long faces;

        public double YawSum { get; private set; }

        public double PitchSum { get; private set; }

        public void Add(long frame, double seconds, FaceGazeRecord face)
        {
            series.Add(frame, seconds, face);
            gate?.Add(frame, face);
            faces++;
            if (face.Skipped is { } reason)
            {
                skipped[reason] = skipped.GetValueOrDefault(reason) + 1;
            }

            if (face.Error is { } error)
            {
                errors.Add((float)error);
                YawSum += (face.Output!.Yaw - face.Source!.Yaw) ?? 0;
                PitchSum += (face.Output.Pitch - face.Source.Pitch) ?? 0;
            }
        }

        public TrackSummary Summarise(int track)
        {
            var analysis = GazeAnalysis.Of(series);
            return new(
                track,
                faces,
                errors.Count,
                skipped,
                ErrorStatistics.Of(errors),
                errors.Count == 0 ? null : new(Math.Round(YawSum / errors.Count, 3), Math.Round(PitchSum / errors.Count, 3)),
                analysis?.Pair is { } pair ? BlinkStatistics.Of(pair.Blinks) : new(0, 0, 0, 0, 0),
                analysis,
                gate?.Summarise());
        }
    }
}
