using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gate;

/// <summary>Marks faces beyond the limit, or ends the run at the first of them. It stands in the gaze branch, beside the encoder: neither waits for the other.</summary>
/// <param name="gate">The limit; its action is not <see cref="GateAction.Fallback"/>, which changes the picture (<see cref="RepairStage"/>).</param>
public sealed class FrameGateStage(FrameGate gate) : IFrameStage<FrameGazeRecord, FrameGazeRecord>
{
    /// <inheritdoc/>
    public string Name => "gate";

    /// <inheritdoc/>
    /// <remarks>In order: the frame that a failed run names is the first one.</remarks>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <inheritdoc/>
    /// <exception cref="UserFacingException"><see cref="FailureKind.GazeAboveLimit"/>.</exception>
    public ValueTask<FrameGazeRecord> ProcessAsync(FrameGazeRecord item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (!item.Faces.Any(gate.Exceeded))
        {
            return ValueTask.FromResult(item);
        }

        if (gate.Action == GateAction.Fail)
        {
            FaceGazeRecord worst = item.Faces.Where(gate.Exceeded).MaxBy(face => face.Error)!;
            throw new UserFacingException(
                FailureKind.GazeAboveLimit,
                FormattableString.Invariant($"Frame {item.Frame} (at {item.Time:0.000} s) is the first whose gaze is off by more than {gate.Limit:0.##} degrees: {worst.Error:0.0} for person {worst.Track}. Nothing was written; --gate flag marks such frames and --gate fallback repairs them."));
        }

        return ValueTask.FromResult(item with { Faces = [.. item.Faces.Select(face => gate.Exceeded(face) ? face with { Gate = new(GateState.Flagged, null) } : face)] });
    }
}
