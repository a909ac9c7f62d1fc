using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Score;

/// <summary>Adds the moments up and, where it is asked for, writes them as NDJSON: a header, a line a frame.</summary>
/// <param name="header">First line.</param>
/// <param name="writer">Where the lines go.</param>
/// <param name="onScore">Called with every moment, for progress displays.</param>
internal sealed class ScoreSink(ScoreFramesHeader header, NdjsonWriter writer, Action<FrameScore>? onScore) : IFrameSink<FrameScore>
{
    private readonly VideoTally output = new();
    private readonly VideoTally trueSwap = new();
    private readonly VideoTally noSwap = new();
    private bool headerWritten;
    private long scored;

    /// <inheritdoc/>
    public string Name => "sum";

    /// <summary>Frames of the true swap.</summary>
    public long Frames { get; private set; }

    /// <summary>Those that the output has none for.</summary>
    public long OutputMissing { get; private set; }

    /// <summary>Those that the truth knows nothing of.</summary>
    public long TruthMissing { get; private set; }

    /// <summary>Those where the person is not there.</summary>
    public long Nobody { get; private set; }

    /// <summary>Whether the target was ever shown.</summary>
    public bool HasNoSwap { get; private set; }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(FrameScore item, CancellationToken cancellationToken)
    {
        Frames++;
        OutputMissing += item.OutputMissing ? 1 : 0;
        TruthMissing += item.TruthMissing ? 1 : 0;
        if (item.Truth is { } truth)
        {
            Add(output, item.Output);
            Add(trueSwap, item.TrueSwap);
            Add(noSwap, item.NoSwap);
            HasNoSwap |= item.NoSwap is not null;
            scored += item.Output is null ? 0 : 1;

            void Add(VideoTally tally, FaceScore? face)
            {
                if (face is not null)
                {
                    tally.Add(item.Frame, truth, face);
                }
            }
        }
        else if (!item.TruthMissing)
        {
            Nobody++;
        }

        await WriteHeaderAsync().ConfigureAwait(false);
        await writer.WriteLineAsync(item, ScoreJson.Default.FrameScore).ConfigureAwait(false);
        onScore?.Invoke(item);
    }

    /// <inheritdoc/>
    /// <exception cref="UserFacingException">Nothing could be scored.</exception>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (scored == 0)
        {
            await writer.AbandonAsync().ConfigureAwait(false);
            ScoredPair pair = header.Pair;
            throw new UserFacingException(FailureKind.Usage, OutputMissing == Frames
                ? $"No frame of {pair.Output} is shown at the time of one of {pair.TrueSwap}: give a swap of the same clip."
                : $"{pair.Truth} knows of no frame of {pair.TrueSwap} that shows {pair.Person ?? "somebody"}: give the truth file of the same clip, or name somebody in it with --person.");
        }

        await WriteHeaderAsync().ConfigureAwait(false);
        await writer.CommitAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask AbandonAsync() => writer.AbandonAsync();

    /// <summary>The scores of the output, of the true swap and of the target; the last is null where there was none.</summary>
    public (VideoScore Output, VideoScore TrueSwap, VideoScore? NoSwap) Summarise(PixelSpec outputSize, PixelSpec trueSwapSize, PixelSpec? targetSize, string? referee) => (
        output.Summarise(outputSize, referee),
        trueSwap.Summarise(trueSwapSize, referee),
        HasNoSwap && targetSize is { } size ? noSwap.Summarise(size, referee) : null);

    private async ValueTask WriteHeaderAsync()
    {
        if (!headerWritten)
        {
            headerWritten = true;
            await writer.WriteLineAsync(header, ScoreJson.Default.ScoreFramesHeader).ConfigureAwait(false);
        }
    }
}
