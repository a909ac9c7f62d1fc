using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.People;

/// <summary>
/// Everything fixed about a person who does not exist. Plain data: two equal identities look alike to the last stroke.
/// Colours are sRGB in [0, 1] unless a name says otherwise; angles are radians.
/// </summary>
public sealed record PerformerIdentity
{
    /// <summary>What labels call the person.</summary>
    public required string Name { get; init; }

    /// <summary>Decides all strokes of brows, beard, iris, freckles and pores.</summary>
    public required int Seed { get; init; }

    /// <summary>Of the random detail of hair and clothes where they are another person's; null for one's own <see cref="Seed"/>.</summary>
    public int? WornSeed { get; init; }

    /// <summary>Coefficients of the identity modes, at most 100, about standard normal. Mode 0 is size: below 0 heavy, above 0 slight.</summary>
    public required IReadOnlyList<float> Shape { get; init; }

    /// <summary>What the left half of the face has more of each mode, and the right half less. Empty: as symmetric as the face model is.</summary>
    public IReadOnlyList<float> Asymmetry { get; init; } = [];

    /// <summary>Skin of head and neck.</summary>
    public required SkinLook Skin { get; init; }

    /// <summary>Hair of the head.</summary>
    public required HairLook Hair { get; init; }

    /// <summary>Brows.</summary>
    public BrowLook Brows { get; init; } = new();

    /// <summary>Beard and stubble.</summary>
    public BeardLook Beard { get; init; } = new();

    /// <summary>Painted lips; null leaves the skin's own colour.</summary>
    public LipLook? Lips { get; init; }

    /// <summary>Eyes.</summary>
    public EyeLook Eyes { get; init; } = new();

    /// <summary>Density of the lashes, 0 to about 1.2.</summary>
    public float Lashes { get; init; } = 0.8f;

    /// <summary>Clothes.</summary>
    public ClothesLook Clothes { get; init; } = new();

    /// <summary>Spectacles, or null.</summary>
    public GlassesLook? Glasses { get; init; }

    /// <summary>Hat, cap or headscarf, or null.</summary>
    public HeadwearLook? Headwear { get; init; }

    /// <summary>What the face does at rest: a lifted corner of the mouth, a squint. Added to every expression.</summary>
    public Expression RestExpression { get; init; } = Expression.Neutral;

    /// <summary>A person by chance. The same seed and traits give the same person.</summary>
    /// <param name="seed">Also the name: p followed by the seed.</param>
    /// <param name="traits">What is asked for; the rest is even over sexes, skin tones and ages.</param>
    public static PerformerIdentity Random(int seed, IdentityTraits? traits = null) => IdentitySampler.Sample(seed, traits ?? new());

    /// <summary>
    /// This person in another's place, for an exact swap: head shape, skin, brows, beard, lips and eyes are this person's;
    /// hair style and colour, clothes, spectacles, headwear and the resting expression are the other's. Render it in the other's pose, scene and light.
    /// </summary>
    /// <param name="other">Whose picture it is to be.</param>
    public PerformerIdentity InPlaceOf(PerformerIdentity other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            Hair = other.Hair,
            Clothes = other.Clothes,
            Glasses = other.Glasses,
            Headwear = other.Headwear,
            RestExpression = other.RestExpression,
            WornSeed = other.WornSeed ?? other.Seed,

            // The colour of brows and beard falls back on that of the hair; both stay this person's.
            Brows = Brows with { Color = Brows.Color ?? Hair.Color },
            Beard = Beard with { Color = Beard.Color ?? Hair.Color },
        };
    }
}
