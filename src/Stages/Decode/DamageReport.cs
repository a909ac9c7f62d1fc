namespace VideoGaze.Stages.Decode;

/// <summary>What was found wrong with an input while it was decoded.</summary>
/// <param name="Messages">The decoder's complaints, without repetition, the first twenty.</param>
/// <param name="MessageCount">All complaints; one that repeats itself at once counts once.</param>
/// <param name="FramesRead">Frames that could be decoded.</param>
/// <param name="FramesMissing">Frames that the container promised beyond those; 0 where it promised nothing.</param>
public sealed record DamageReport(IReadOnlyList<string> Messages, long MessageCount, long FramesRead, long FramesMissing)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => MessageCount == 0 && FramesMissing == 0;

    /// <summary>One line for people.</summary>
    public override string ToString() => IsSound
        ? "sound"
        : $"{MessageCount} decoder complaints, {FramesMissing} frames missing after {FramesRead}"
            + (Messages.Count > 0 ? $"; first: {Messages[0]}" : string.Empty);
}
