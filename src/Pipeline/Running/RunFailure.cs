namespace VideoGaze.Pipeline.Running;

/// <summary>Where in the graph a run failed. The exception itself comes out of the run unchanged; this travels with it.</summary>
/// <param name="Step">Name of the step that threw first.</param>
/// <param name="FrameIndex">The item it was working on, counted from 0; null where it was at none (opening, committing).</param>
/// <param name="Later">What else was thrown while the run was cleared away, in the order it happened.</param>
public sealed record RunFailure(string Step, long? FrameIndex, IReadOnlyList<Exception> Later)
{
    private const string Key = "VideoGaze.Pipeline.RunFailure";

    /// <summary>What a run wrote onto the exception it ended with; null for an exception that came from elsewhere.</summary>
    public static RunFailure? Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Data[Key] as RunFailure;
    }

    /// <inheritdoc/>
    public override string ToString() => FrameIndex is long index ? $"step '{Step}' at frame {index}" : $"step '{Step}'";

    internal void AttachTo(Exception exception)
    {
        // A few exceptions of the runtime itself (out of memory) carry no data.
        if (!exception.Data.IsReadOnly)
        {
            exception.Data[Key] = this;
        }
    }
}
