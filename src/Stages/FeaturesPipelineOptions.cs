using VideoGaze.Faces.Models;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Features;

namespace VideoGaze.Stages;

/// <summary>Features as they were asked for: everything <c>videogaze features</c> can be told.</summary>
public sealed record FeaturesPipelineOptions
{
    /// <summary>The video.</summary>
    public required string Input { get; init; }

    /// <summary>What its rows are labelled as; null: not.</summary>
    public FeatureLabel? Label { get; init; }

    /// <summary>Frames a window.</summary>
    public int Window { get; init; } = 64;

    /// <summary>Frames from one window's start to the next.</summary>
    public int Step { get; init; } = 32;

    /// <summary>The value of <c>--models</c>; null where it was not given.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Networks asked for by name or file.</summary>
    public ModelChoices Choices { get; init; } = ModelChoices.None;

    /// <summary>Which frames, and what to do about damage.</summary>
    public DecodeOptions Decode { get; init; } = new();
}

/// <summary>What came of it.</summary>
/// <param name="Table">The features.</param>
/// <param name="Frames">Frames read.</param>
/// <param name="Faces">Faces measured in them.</param>
/// <param name="StoppedEarly">Whether the user ended it.</param>
public sealed record FeaturesResult(FeatureTable Table, long Frames, long Faces, bool StoppedEarly);
