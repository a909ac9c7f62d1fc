using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;

namespace VideoGaze.Stages;

/// <summary>An overlay as it was asked for.</summary>
public sealed record OverlayPipelineOptions
{
    /// <summary>The gaze report whose lines are drawn.</summary>
    public required string Report { get; init; }

    /// <summary>The video that is drawn on: the one whose gaze the report measured.</summary>
    public required string Video { get; init; }

    /// <summary>The video that the report's boxes belong to; null where it is <see cref="Video"/>, or one of its size.</summary>
    public string? Source { get; init; }

    /// <summary>The video to write.</summary>
    public required string Output { get; init; }

    /// <summary>Which frames of <see cref="Video"/>, and what to do about damage; null: those that the report tells of, or all.</summary>
    public DecodeOptions? Decode { get; init; }

    /// <summary>Codec, quality, tags. Its range is taken from what is decoded.</summary>
    public EncodeOptions Encode { get; init; } = new();
}

/// <summary>What an overlay came to.</summary>
/// <param name="Output">The video written.</param>
/// <param name="Matched">Frames that the report tells of.</param>
/// <param name="StoppedEarly">Whether the user ended it; the video is whole but shorter.</param>
public sealed record OverlayResult(EncodeResult Output, long Matched, bool StoppedEarly);
