using System.Numerics;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.People;

/// <summary>
/// Draws headwear for data sets. It has a chance of its own, apart from <see cref="IdentitySampler"/>: people by seed stay who they are, and with them every
/// clip and standard set that names them.
/// </summary>
internal static class HeadwearSampler
{
    // Of ten people, one.
    private const float Share = 0.1f;

    // An identity does not say its sex; IdentitySampler gives men lashes up to this.
    private const float LongestMansLashes = 0.75f;

    /// <summary>The same person, perhaps with something on the head.</summary>
    public static PerformerIdentity Dress(PerformerIdentity identity, Random random)
    {
        float worn = random.NextSingle(), kind = random.NextSingle();
        Vector3 color = new(random.NextSingle(0.05f, 0.85f), random.NextSingle(0.05f, 0.85f), random.NextSingle(0.05f, 0.85f));
        color = Vector3.Lerp(new(Vector3.Dot(color, new(1f / 3))), color, MathF.Pow(random.NextSingle(), 1.5f));
        float depth = random.NextSingle(-0.6f, 0.6f);
        if (worn >= Share)
        {
            return identity;
        }

        // Lashes that long are a woman's.
        bool mayWearScarf = identity.Lashes > LongestMansLashes;
        HeadwearKind chosen = mayWearScarf && kind < 0.6f ? HeadwearKind.Headscarf : kind < 0.55f ? HeadwearKind.Beanie : HeadwearKind.Cap;
        return identity with { Headwear = new() { Kind = chosen, Color = color, Depth = depth } };
    }
}
