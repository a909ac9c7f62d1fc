using System.Runtime.CompilerServices;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Measure;

/// <summary>Two videos, or a video and its truth, as one sequence of records: a source whose frames are made by comparing.</summary>
/// <param name="read">Reads and compares.</param>
internal sealed class ComparisonSource(Func<CancellationToken, IAsyncEnumerable<FrameGazeRecord>> read) : IFrameSource<FrameGazeRecord>
{
    // Frames that a video may be ahead of the comparison: enough to smooth out frames with more faces.
    private const int FramesAhead = 3;

    /// <inheritdoc/>
    public string Name => "compare";

    /// <inheritdoc/>
    public IAsyncEnumerable<FrameGazeRecord> ReadAsync(CancellationToken cancellationToken) => read(cancellationToken);

    /// <summary>Every frame of one video against the frame of the other that is shown nearest to it.</summary>
    public static ComparisonSource Of(SightedVideo source, SightedVideo output, GazeComparison comparison)
    {
        // Three quarters of the longer frame time: the nearest frame of a slower copy is at most half a frame away, and rounding of times may add to that.
        double tolerance = 0.75 * Math.Max(source.FrameSeconds, output.FrameSeconds);
        return new(ReadPairsAsync);

        async IAsyncEnumerable<FrameGazeRecord> ReadPairsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            IAsyncEnumerable<SightedFrame> first = Ahead.Of(source.ReadAsync(cancellationToken), FramesAhead, cancellationToken);
            IAsyncEnumerable<SightedFrame> second = Ahead.Of(output.ReadAsync(cancellationToken), FramesAhead, cancellationToken);
            await foreach ((SightedFrame shown, SightedFrame? other) in TimePairing
                .PairAsync(first, second, frame => frame.Seconds, frame => frame.Seconds, tolerance, cancellationToken).ConfigureAwait(false))
            {
                using (shown)
                {
                    yield return comparison.Compare(shown, other);
                }
            }
        }
    }

    /// <summary>Every frame of a video against what is known of it at its time.</summary>
    public static ComparisonSource Of(IReadOnlyList<TruthFrame> truth, SightedVideo output, GazeComparison comparison)
    {
        double tolerance = 0.75 * output.FrameSeconds;
        return new(ReadKnownAsync);

        async IAsyncEnumerable<FrameGazeRecord> ReadKnownAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            int near = 0;
            await foreach (SightedFrame shown in Ahead.Of(output.ReadAsync(cancellationToken), FramesAhead, cancellationToken).ConfigureAwait(false))
            {
                using (shown)
                {
                    while (near + 1 < truth.Count && Math.Abs(truth[near + 1].Seconds - shown.Seconds) <= Math.Abs(truth[near].Seconds - shown.Seconds))
                    {
                        near++;
                    }

                    if (near < truth.Count && Math.Abs(truth[near].Seconds - shown.Seconds) <= tolerance)
                    {
                        yield return comparison.Compare(truth[near], shown);
                    }
                }
            }
        }
    }
}
