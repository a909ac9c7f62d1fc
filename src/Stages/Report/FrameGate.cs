namespace VideoGaze.Stages.Report;

/// <summary>What happens to a face whose gaze is further off than a limit allows.</summary>
public enum GateAction
{
    /// <summary>It is marked in the report.</summary>
    Flag,

    /// <summary>The run ends and leaves nothing.</summary>
    Fail,

    /// <summary>The target's own eyes are laid back into the frame before it is encoded.</summary>
    Fallback,
}

/// <summary>A limit for every single face and frame of a swap, and what happens beyond it. Shut eyes and doubtful measurements are never beyond it: nobody knows their error.</summary>
/// <param name="Limit">Degrees.</param>
/// <param name="Action">What happens above.</param>
public sealed record FrameGate(double Limit, GateAction Action)
{
    /// <summary>Whether a face is beyond the limit.</summary>
    public bool Exceeded(FaceGazeRecord face)
    {
        ArgumentNullException.ThrowIfNull(face);
        return face.Error > Limit;
    }
}

/// <summary>What a gate did to a face.</summary>
public enum GateState
{
    /// <summary>Beyond the limit, left as it is.</summary>
    Flagged,

    /// <summary>The target's own eyes were laid back in.</summary>
    Repaired,
}

/// <summary>A face that a gate did something to.</summary>
/// <param name="State">What it did.</param>
/// <param name="Before">Degrees of error before the repair; null where nothing was repaired, or where it could not be measured.</param>
public sealed record FaceGate(GateState State, double? Before);
