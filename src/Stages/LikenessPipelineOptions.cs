using VideoGaze.Faces.Models;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Likeness;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>A question of likeness as it was asked: everything <c>videogaze likeness</c> can be told.</summary>
public sealed record LikenessPipelineOptions
{
    /// <summary>The swapped video, whatever tool made it.</summary>
    public required string Output { get; init; }

    /// <summary>The video before the swap.</summary>
    public required string Target { get; init; }

    /// <summary>Folder of photos of the person put in, or one photo.</summary>
    public required string Identity { get; init; }

    /// <summary>Whose faces were replaced.</summary>
    public FaceChoice Faces { get; init; }

    /// <summary>Photo of the person replaced, for <see cref="FaceChoice.Reference"/>.</summary>
    public string? ReferencePhoto { get; init; }

    /// <summary>The value of <c>--models</c>; null where it was not given.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Networks asked for by name or file.</summary>
    public ModelChoices Choices { get; init; } = ModelChoices.None;

    /// <summary>Which frames of both videos, and what to do about damage.</summary>
    public DecodeOptions Decode { get; init; } = new();

    /// <summary>Where a line a frame goes; null for nowhere.</summary>
    public string? PerFramePath { get; init; }

    /// <summary>Replace a per-frame file that is there.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>How far a comparison has come.</summary>
/// <param name="Frames">Frames of the output compared.</param>
/// <param name="FramesExpected">Frames the output's container promises; null where it does not.</param>
/// <param name="ToPhotos">Likeness of the latest face to the photos, cosine; null where none was compared yet.</param>
public readonly record struct LikenessProgress(long Frames, long? FramesExpected, double? ToPhotos);

/// <summary>What a comparison came to.</summary>
/// <param name="Pair">Files and referee.</param>
/// <param name="Likeness">All frames.</param>
/// <param name="Models">Every network that took part.</param>
/// <param name="Notes">What a user should know (lengths that differ, damage that was skipped), a sentence each.</param>
/// <param name="StoppedEarly">Whether the user ended it; the result then holds the frames done.</param>
public sealed record LikenessResult(LikenessPair Pair, LikenessSummary Likeness, IReadOnlyList<ModelRecord> Models, IReadOnlyList<string> Notes, bool StoppedEarly);
