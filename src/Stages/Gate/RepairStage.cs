using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gate;

/// <summary>
/// Measures each face before its frame is encoded and lays the target's own eyes back where the gaze is beyond the limit, and for a moment after: an eye that changes hands
/// from one frame to the next and back flickers. Takes the place of the gaze branch: what it measured goes on with the frame.
/// </summary>
/// <param name="gaze">Measures; stays the caller's.</param>
/// <param name="gate">The limit.</param>
/// <param name="color">How the frames' samples are to be read.</param>
public sealed class RepairStage(GazeStage gaze, FrameGate gate, ColorSpec color) : IFrameStage<FrameWith<BlendedFace>, GatedFrame>
{
    // Seconds that a repair lasts after the last frame beyond the limit.
    private const double HoldSeconds = 0.2;

    private readonly Dictionary<int, double> lastAbove = [];

    /// <inheritdoc/>
    public string Name => "repair";

    /// <inheritdoc/>
    /// <remarks>In order: a blink is judged by what the person's eyes did before, and repairs last.</remarks>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <inheritdoc/>
    public ValueTask<GatedFrame> ProcessAsync(FrameWith<BlendedFace> item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var records = new FaceGazeRecord[item.Faces.Count];
        for (int i = 0; i < records.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            records[i] = Judge(item, item.Faces[i]);
            gaze.Show(item.Faces[i], item.Frame.Stamp, records[i]);
        }

        var gated = new GatedFrame(item.Frame, FrameGazeRecord.Of(item.Frame.Stamp, records));
        foreach (BlendedFace face in item.Faces)
        {
            face.Dispose();
        }

        return ValueTask.FromResult(gated);
    }

    private FaceGazeRecord Judge(FrameWith<BlendedFace> item, BlendedFace face)
    {
        double seconds = item.Frame.Stamp.Seconds;
        int track = face.Track.TrackId;
        FaceGazeRecord made = gaze.Measure(face, seconds);
        bool above = gate.Exceeded(made);
        if (above)
        {
            lastAbove[track] = seconds;
        }
        else if (!lastAbove.TryGetValue(track, out double last) || seconds - last > HoldSeconds || seconds < last)
        {
            return made;
        }

        if (face.Original is not { } original)
        {
            // Eyes outside the picture: there is nothing to lay back.
            return above ? made with { Gate = new(GateState.Flagged, null) } : made;
        }

        EyeRepair.Lay(item.Frame.Pixels, color, original, face.SourceMesh, EyeExtent.Lids);
        return gaze.MeasureAgain(face, item.Frame.Pixels, color, made) with { Gate = new(GateState.Repaired, made.Error) };
    }
}
