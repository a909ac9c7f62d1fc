namespace VideoGaze.Stages.Report;

/// <summary>What a <see cref="FrameGate"/> did in a run.</summary>
/// <param name="Limit">Degrees.</param>
/// <param name="Action">What it was to do.</param>
/// <param name="Above">Faces beyond the limit as the generator made them.</param>
/// <param name="Repaired">Faces that have the target's own eyes; more than <paramref name="Above"/>, as a repair lasts for a fifth of a second.</param>
/// <param name="StillAbove">Faces of the output beyond the limit all the same.</param>
/// <param name="Before">Errors of the repaired faces before; null where nothing was repaired.</param>
/// <param name="After">Errors of the repaired faces now; null where nothing was repaired.</param>
/// <param name="Frames">Frames with a flagged or repaired face: [first, last] of every run.</param>
public sealed record GateSummary(
    double Limit,
    GateAction Action,
    long Above,
    long Repaired,
    long StillAbove,
    ErrorStatistics? Before,
    ErrorStatistics? After,
    IReadOnlyList<long[]> Frames);

/// <summary>Adds up what a gate did.</summary>
/// <param name="gate">The gate.</param>
internal sealed class GateTally(FrameGate gate)
{
    private readonly List<float> before = [];
    private readonly List<float> after = [];
    private readonly List<long[]> runs = [];
    private long above;
    private long repaired;
    private long stillAbove;

    /// <summary>Takes the faces of the next frame: all of it, or those of one person.</summary>
    /// <param name="frame">Number of the frame.</param>
    /// <param name="faces">What was measured.</param>
    public void Add(long frame, params ReadOnlySpan<FaceGazeRecord> faces)
    {
        bool isMarked = false;
        foreach (FaceGazeRecord face in faces)
        {
            stillAbove += gate.Exceeded(face) ? 1 : 0;
            if (face.Gate is not { } done)
            {
                continue;
            }

            isMarked = true;
            double? made = done.State == GateState.Repaired ? done.Before : face.Error;
            above += made > gate.Limit ? 1 : 0;
            if (done.State == GateState.Repaired)
            {
                repaired++;
                AddTo(before, done.Before);
                AddTo(after, face.Error);
            }
        }

        if (isMarked)
        {
            if (runs.Count > 0 && runs[^1][1] == frame - 1)
            {
                runs[^1][1] = frame;
            }
            else
            {
                runs.Add([frame, frame]);
            }
        }
    }

    /// <summary>The sum so far.</summary>
    public GateSummary Summarise() =>
        new(gate.Limit, gate.Action, above, repaired, stillAbove, ErrorStatistics.Of(before), ErrorStatistics.Of(after), [.. runs.Select(run => (long[])[.. run])]);

    private static void AddTo(List<float> errors, double? error)
    {
        if (error is { } value)
        {
            errors.Add((float)value);
        }
    }
}
