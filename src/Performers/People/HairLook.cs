using System.Numerics;
using System.Text.Json.Serialization;

namespace VideoGaze.Performers.People;

/// <summary>Hair of the head.</summary>
public sealed record HairLook
{
    /// <summary>Name of the style in the pack; null: no hair.</summary>
    public string? Style { get; init; }

    /// <summary>Whether it is a ball of curls, without strands that run down.</summary>
    [JsonIgnore]
    public bool IsCurly => Style == "afro01";

    /// <summary>Without a style: hair cropped to some millimetres, 0 none to 1 dense.</summary>
    public float Cropped { get; init; }

    /// <summary>Without a style: 0 a full hairline, 1 bald on top.</summary>
    public float Receding { get; init; }

    /// <summary>sRGB colour; brows and beard take it unless they have their own.</summary>
    public required Vector3 Color { get; init; }

    /// <summary>How much hair colour shows on the scalp below the hair, 0 to 1.</summary>
    public float Scalp { get; init; } = 1;

    /// <summary>The style mirrored left to right (a parting on the other side).</summary>
    public bool Mirrored { get; init; }

    /// <summary>How far the hair stands off the head against the style, cm, about -0.2 to 0.8.</summary>
    public float Volume { get; init; }

    /// <summary>Amplitude of waves laid into long hair, cm, 0 to 0.6.</summary>
    public float Wave { get; init; }

    /// <summary>Share of grey hairs, 0 to 1, more at the temples.</summary>
    public float Grey { get; init; }

    /// <summary>How much lighter the tips are than the roots, 0 to 0.6.</summary>
    public float TipLightness { get; init; }

    /// <summary>Loose hairs around the outline, 0 to 1.</summary>
    public float Flyaway { get; init; } = 0.5f;
}
