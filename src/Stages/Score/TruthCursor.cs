using VideoGaze.Stages.Measure;

namespace VideoGaze.Stages.Score;

/// <summary>Walks a truth file beside a video: to each moment what is known of it. Holds two frames at a time.</summary>
/// <param name="frames">In order of time.</param>
/// <param name="tolerance">Seconds beyond which a frame is of another moment.</param>
internal sealed class TruthCursor(IEnumerable<TruthFrame> frames, double tolerance) : IDisposable
{
    private readonly IEnumerator<TruthFrame> rest = frames.GetEnumerator();
    private TruthFrame? near;
    private TruthFrame? next;
    private bool started;

    /// <summary>The frame of a moment, or null. Moments grow.</summary>
    public TruthFrame? At(double seconds)
    {
        if (!started)
        {
            started = true;
            near = Read();
            next = Read();
        }

        while (near is not null && next is not null && Math.Abs(next.Seconds - seconds) <= Math.Abs(near.Seconds - seconds))
        {
            near = next;
            next = Read();
        }

        return near is not null && Math.Abs(near.Seconds - seconds) <= tolerance ? near : null;
    }

    /// <inheritdoc/>
    public void Dispose() => rest.Dispose();

    private TruthFrame? Read() => rest.MoveNext() ? rest.Current : null;
}
