using VideoGaze.Faces.Models;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>An extraction as it was asked for: everything <c>videogaze extract</c> can be told.</summary>
public sealed record ExtractPipelineOptions
{
    /// <summary>Videos, photos, and folders of photos.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Folder that becomes a face set.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Side of a crop in pixels.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Take every n-th frame of a video.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Take fewer frames, evenly spread, where a video would give more than this; null for no limit. A container that states no count is not held to it.</summary>
    public int? MostFrames { get; init; }

    /// <summary>Which faces are cut out.</summary>
    public FaceChoice Faces { get; init; } = FaceChoice.Largest;

    /// <summary>Photo of the person to cut out, for <see cref="FaceChoice.Reference"/>.</summary>
    public string? ReferencePhoto { get; init; }

    /// <summary>The value of <c>--models</c>; null where it was not given.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Networks asked for by name or file.</summary>
    public ModelChoices Choices { get; init; } = ModelChoices.None;

    /// <summary>Which frames of each video, and what to do about damage.</summary>
    public DecodeOptions Decode { get; init; } = new();

    /// <summary>Replace a face set that is there.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>How far an extraction has come.</summary>
/// <param name="File">The input that is read.</param>
/// <param name="Frames">Frames read of all inputs.</param>
/// <param name="FramesExpected">Frames that all inputs promise; null where one does not.</param>
/// <param name="Faces">Crops written.</param>
public readonly record struct ExtractProgress(string File, long Frames, long? FramesExpected, long Faces);

/// <summary>What was found in one input.</summary>
/// <param name="File">Its path as given.</param>
/// <param name="Frames">Frames read.</param>
/// <param name="Faces">Crops written.</param>
public sealed record ExtractedInput(string File, long Frames, long Faces);

/// <summary>What an extraction came to.</summary>
/// <param name="Folder">The face set.</param>
/// <param name="Inputs">What was found where.</param>
/// <param name="Models">Every network that took part.</param>
/// <param name="Notes">What a user should know (an input without a face, damage that was skipped), a sentence each.</param>
/// <param name="StoppedEarly">Whether the user ended it; the face set is whole but smaller.</param>
public sealed record ExtractResult(
    string Folder,
    IReadOnlyList<ExtractedInput> Inputs,
    IReadOnlyList<ModelRecord> Models,
    IReadOnlyList<string> Notes,
    bool StoppedEarly);
