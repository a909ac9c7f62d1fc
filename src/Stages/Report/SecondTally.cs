using VideoGaze.Faces.Gaze;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Report;

/// <summary>Adds up what a second estimator says beside the first. Keeps 60 bytes a face and frame.</summary>
/// <param name="estimator">Kind of the second network.</param>
internal sealed class SecondTally(string estimator)
{
    // A correlation over fewer says nothing.
    private const int FewestFaces = 30;

    private readonly SortedDictionary<int, (GazeSeries Series, List<float> Errors)> tracks = [];
    private readonly List<float> first = [];
    private readonly List<float> second = [];
    private readonly List<float> onSource = [];
    private readonly List<float> onOutput = [];
    private double yaw;
    private double pitch;

    /// <summary>Takes the next frame.</summary>
    public void Add(FrameGazeRecord record)
    {
        foreach (FaceGazeRecord face in record.Faces)
        {
            if (!tracks.TryGetValue(face.Track, out (GazeSeries Series, List<float> Errors) track))
            {
                tracks[face.Track] = track = (new(), []);
            }

            track.Series.Add(record.Frame, record.Time, face with { Source = BySecond(face.Source), Output = BySecond(face.Output) });
            Compare(face.Source, onSource);
            Compare(face.Output, onOutput);
            if (face.SecondError is { } error && face.Error is { } other)
            {
                track.Errors.Add((float)error);
                first.Add((float)other);
                second.Add((float)error);
                yaw += face.Output!.Second!.Yaw - (face.Source!.Second?.Yaw ?? face.Source.Yaw ?? 0);
                pitch += face.Output.Second.Pitch - (face.Source.Second?.Pitch ?? face.Source.Pitch ?? 0);
            }
        }
    }

    /// <summary>The sum so far.</summary>
    /// <param name="byFirst">What the first estimator says of each person.</param>
    public SecondSummary Summarise(IReadOnlyList<TrackSummary> byFirst)
    {
        List<SecondTrack> seen = [.. tracks.Select(track => new SecondTrack(track.Key, ErrorStatistics.Of(track.Value.Errors), GazeAnalysis.Of(track.Value.Series)?.Findings ?? []))];
        return new(
            estimator,
            ErrorStatistics.Of(second),
            second.Count == 0 ? null : new(Math.Round(yaw / second.Count, 3), Math.Round(pitch / second.Count, 3)),
            ErrorStatistics.Of(onSource),
            ErrorStatistics.Of(onOutput),
            Correlation(),
            seen,
            byFirst.All(track => Faults(track.Analysis?.Findings ?? []).SetEquals(Faults(seen.Find(one => one.Track == track.Track)?.Findings ?? []))));
    }

    private static HashSet<GazeFault> Faults(IReadOnlyList<GazeFinding> findings) => [.. findings.Select(finding => finding.Fault)];

    /// <summary>The eyes as if the second network had been the only one. Truth, which has no second opinion, stays.</summary>
    private static EyesRecord? BySecond(EyesRecord? eyes) => eyes is { Second: { } other } ? eyes with { Yaw = other.Yaw, Pitch = other.Pitch, Confidence = other.Confidence } : eyes;

    private static void Compare(EyesRecord? eyes, List<float> angles)
    {
        if (eyes is { Yaw: { } yaw, Pitch: { } pitch, Second: { } other })
        {
            angles.Add((float)(GazeAngles.AngularError(GazeAngles.FromDegrees(yaw, pitch), GazeAngles.FromDegrees(other.Yaw, other.Pitch)) * 180 / Math.PI));
        }
    }

    private double? Correlation()
    {
        if (first.Count < FewestFaces)
        {
            return null;
        }

        double a = first.Average(), b = second.Average(), both = 0, ofA = 0, ofB = 0;
        for (int i = 0; i < first.Count; i++)
        {
            both += (first[i] - a) * (second[i] - b);
            ofA += (first[i] - a) * (first[i] - a);
            ofB += (second[i] - b) * (second[i] - b);
        }

        return ofA > 0 && ofB > 0 ? Spread.Round(both / Math.Sqrt(ofA * ofB), 3) : null;
    }
}
