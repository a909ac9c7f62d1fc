using System.Numerics;

namespace VideoGaze.Performers.People;

/// <summary>A skin: a mix of the pack's skins and what is painted on it.</summary>
public sealed record SkinLook
{
    /// <summary>The skins and their weights; weights need not sum to 1.</summary>
    public required IReadOnlyList<SkinShare> Mix { get; init; }

    /// <summary>Factor on the mixed sRGB colour, red, green, blue.</summary>
    public Vector3 Tint { get; init; } = Vector3.One;

    /// <summary>Strength of the gloss, about 0.5 to 1.2.</summary>
    public float Oil { get; init; } = 1;

    /// <summary>Redness of cheeks and nose, 0 to about 0.12.</summary>
    public float Blush { get; init; } = 0.06f;

    /// <summary>Density of freckles, 0 to 1.</summary>
    public float Freckles { get; init; }

    /// <summary>Number of moles on the face.</summary>
    public int Moles { get; init; }

    /// <summary>Depth of wrinkles, 0 to about 0.6.</summary>
    public float Age { get; init; }
}

/// <summary>A skin of the pack and its part of a mix.</summary>
/// <param name="Skin">Name in the pack.</param>
/// <param name="Weight">Positive.</param>
public sealed record SkinShare(string Skin, float Weight);
