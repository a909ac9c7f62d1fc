namespace VideoGaze.Stages.Report.Analysis;

/// <summary>
/// One person's gaze over time, in source and output. One place a frame of the person's first to last: frames in which the person was not seen hold NaN, so that
/// a distance in places is a distance in frames. 44 bytes a frame: an hour of video at 30 frames a second takes 5 MB a person.
/// </summary>
internal sealed class GazeSeries
{
    private const float Missing = float.NaN;
    private readonly List<float> times = [];
    private readonly List<float> headYaws = [];
    private readonly List<float> headPitches = [];
    private readonly List<float> changes = [];
    private long firstFrame = -1;

    /// <summary>The source.</summary>
    public GazeStream Source { get; } = new();

    /// <summary>The output.</summary>
    public GazeStream Output { get; } = new();

    /// <summary>Frames from the person's first to last.</summary>
    public int Length => times.Count;

    /// <summary>Index of the video's frame at the first place.</summary>
    public long FirstFrame => firstFrame;

    /// <summary>Presentation time in seconds; NaN where the person was not seen.</summary>
    public IReadOnlyList<float> Times => times;

    /// <summary>Yaw of the source's head in degrees; NaN where unknown.</summary>
    public IReadOnlyList<float> HeadYaws => headYaws;

    /// <summary>Pitch of the source's head in degrees; NaN where unknown.</summary>
    public IReadOnlyList<float> HeadPitches => headPitches;

    /// <summary>How different both faces are below the eyes, colour levels; a value a frame in which that is known.</summary>
    public IReadOnlyList<float> Changes => changes;

    /// <summary>Whether the eyes are shut, in frames that show them in both: what only one of the two was seen to do is neither missed nor invented.</summary>
    public IReadOnlyList<bool> ComparedShut(bool output) => [.. Source.Seen.Select((seen, i) => seen && Output.Seen[i] && (output ? Output : Source).Shut[i])];

    /// <summary>Takes the person's next frame; frames come in order.</summary>
    public void Add(long frame, double seconds, FaceGazeRecord face)
    {
        if (firstFrame < 0)
        {
            firstFrame = frame;
        }

        while (times.Count < frame - firstFrame)
        {
            Append(Missing, null, null, null);
        }

        if (times.Count == frame - firstFrame)
        {
            Append((float)seconds, face.Head, face.Source, face.Output);
            if (face.Change is { } change)
            {
                changes.Add((float)change);
            }
        }
    }

    /// <summary>Seconds between frames: the median of the distances between neighbours; null where there are none.</summary>
    public double? FrameSeconds()
    {
        var gaps = new List<float>();
        for (int i = 1; i < times.Count; i++)
        {
            float gap = times[i] - times[i - 1];
            if (gap > 0)
            {
                gaps.Add(gap);
            }
        }

        return Spread.Median(gaps);
    }

    private void Append(float time, HeadRecord? head, EyesRecord? source, EyesRecord? output)
    {
        times.Add(time);
        headYaws.Add((float?)head?.Yaw ?? Missing);
        headPitches.Add((float?)head?.Pitch ?? Missing);
        Source.Append(source);
        Output.Append(output);
    }
}

/// <summary>One picture's side of a <see cref="GazeSeries"/>; angles in degrees, NaN where the eyes were shut or not seen.</summary>
internal sealed class GazeStream
{
    private readonly List<float> yaws = [];
    private readonly List<float> pitches = [];
    private readonly List<float> opennesses = [];
    private readonly List<bool> shut = [];
    private readonly List<bool> seen = [];

    /// <summary>Gaze to the image's right.</summary>
    public IReadOnlyList<float> Yaws => yaws;

    /// <summary>Gaze up.</summary>
    public IReadOnlyList<float> Pitches => pitches;

    /// <summary>Mean of both eyes' openness.</summary>
    public IReadOnlyList<float> Opennesses => opennesses;

    /// <summary>Whether the eyes are shut.</summary>
    public IReadOnlyList<bool> Shut => shut;

    /// <summary>Whether the eyes were seen at all, open or shut.</summary>
    public IReadOnlyList<bool> Seen => seen;

    internal void Append(EyesRecord? eyes)
    {
        yaws.Add((float?)eyes?.Yaw ?? float.NaN);
        pitches.Add((float?)eyes?.Pitch ?? float.NaN);
        opennesses.Add(eyes is { Openness.Length: > 0 } ? (float)eyes.Openness.Average() : float.NaN);
        shut.Add(eyes is { Blink: true });
        seen.Add(eyes is not null);
    }
}
