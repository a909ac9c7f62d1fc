using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Likeness;

/// <summary>Adds the frames up and, where it is asked for, writes them as NDJSON: a header, a line a frame.</summary>
/// <param name="header">First line.</param>
/// <param name="writer">Where the lines go.</param>
/// <param name="onFrame">Called with every frame, for progress displays.</param>
internal sealed class LikenessSink(LikenessFramesHeader header, NdjsonWriter writer, Action<FrameLikeness>? onFrame) : IFrameSink<FrameLikeness>
{
    private readonly LikenessTally tally = new();
    private bool headerWritten;

    /// <inheritdoc/>
    public string Name => "sum";

    /// <summary>All frames so far.</summary>
    public LikenessSummary Summary => tally.Summarise();

    /// <inheritdoc/>
    public async ValueTask WriteAsync(FrameLikeness item, CancellationToken cancellationToken)
    {
        tally.Add(item);
        if (!headerWritten)
        {
            headerWritten = true;
            await writer.WriteLineAsync(header, LikenessJson.Default.LikenessFramesHeader).ConfigureAwait(false);
        }

        await writer.WriteLineAsync(item, LikenessJson.Default.FrameLikeness).ConfigureAwait(false);
        onFrame?.Invoke(item);
    }

    /// <inheritdoc/>
    /// <exception cref="UserFacingException">Nothing could be compared.</exception>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        LikenessSummary summary = Summary;
        if (summary.Compared == 0)
        {
            await writer.AbandonAsync().ConfigureAwait(false);
            throw Nothing(summary);
        }

        await writer.CommitAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask AbandonAsync() => writer.AbandonAsync();

    /// <summary>Why nothing was compared: what happened most often.</summary>
    private UserFacingException Nothing(LikenessSummary summary)
    {
        LikenessPair pair = header.Pair;
        return summary.LeftOut.Count == 0 ? new(FailureKind.Cancelled, "ended before a frame was compared.") : summary.LeftOut.MaxBy(reason => reason.Value).Key switch
        {
            LikenessSkip.NoFrame => new(FailureKind.Usage, $"No frame of {pair.Output} is shown at the time of one of {pair.Target}: give the video it was made from with --target."),
            LikenessSkip.NoFace => new(FailureKind.NoFace, $"The face that is looked for was not found in {pair.Target}: give the video that {pair.Output} was made from with --target, and --faces as it was swapped with."),
            LikenessSkip.Profile => new(FailureKind.NoFace, $"Every face in {pair.Target} is turned more than {LikenessComparison.ProfileLimitDegrees} degrees to the side, where nobody can be told: give a part that shows the face from the front."),
            _ => new(FailureKind.NoFace, $"No face was found in {pair.Output} where {pair.Target} shows one: give a swap of that very video, cut as it is."),
        };
    }
}
