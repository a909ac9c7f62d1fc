using VideoGaze.Faces.Models;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Score;

namespace VideoGaze.Stages;

/// <summary>A score as it was asked for: everything <c>videogaze score</c> can be told about one pair.</summary>
public sealed record ScorePipelineOptions
{
    /// <summary>The swapped video, whatever tool made it.</summary>
    public required string Output { get; init; }

    /// <summary>Truth file of the target: where the eyes looked, frame by frame.</summary>
    public required string Truth { get; init; }

    /// <summary>The rendered true swap.</summary>
    public required string TrueSwap { get; init; }

    /// <summary>Truth file of the true swap; null for the one beside it, if there is one.</summary>
    public string? SwapTruth { get; init; }

    /// <summary>The video before the swap; null for the one beside <see cref="Truth"/>, if there is one.</summary>
    public string? Target { get; init; }

    /// <summary>Folder of photos of the person put in, or one photo; null for none.</summary>
    public string? Identity { get; init; }

    /// <summary>Who was swapped, as the target's truth names the person; null for the first.</summary>
    public string? Person { get; init; }

    /// <summary>The value of <c>--models</c>; null where it was not given.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Networks asked for by name or file.</summary>
    public ModelChoices Choices { get; init; } = ModelChoices.None;

    /// <summary>What of the gaze is measured and what is left out.</summary>
    public GazeOptions Gaze { get; init; } = new();

    /// <summary>Which frames of all videos, and what to do about damage.</summary>
    public DecodeOptions Decode { get; init; } = new();

    /// <summary>Where a line a frame goes; null for nowhere.</summary>
    public string? PerFramePath { get; init; }

    /// <summary>Replace a per-frame file that is there.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>How far a score has come.</summary>
/// <param name="Frames">Frames scored.</param>
/// <param name="FramesExpected">Frames the true swap's container promises; null where it does not.</param>
/// <param name="Latest">The latest of them.</param>
public readonly record struct ScoreProgress(long Frames, long? FramesExpected, FrameScore Latest);

/// <summary>What a score came to.</summary>
/// <param name="Score">All measures of the pair.</param>
/// <param name="Notes">What a user should know (sizes and lengths that differ, damage that was skipped), a sentence each.</param>
/// <param name="StoppedEarly">Whether the user ended it; the score then holds the frames done.</param>
public sealed record ScoreResult(PairScore Score, IReadOnlyList<string> Notes, bool StoppedEarly);
