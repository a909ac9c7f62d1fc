using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Posing;

/// <summary>How an identity's head differs from the neutral one.</summary>
internal static class IdentityShape
{
    /// <summary>Distance from the middle plane within which left passes into right, cm: half the width of a nose, so that no crease shows.</summary>
    private const float Transition = 2.5f;

    /// <summary>Offset of each vertex, cm, 0 below the neck.</summary>
    public static Vector3[] Offsets(PerformerAssets assets, PerformerIdentity identity)
    {
        Vector3[] offsets = assets.Modes.Combine(identity.Shape);
        Vector3[] neutral = assets.Head.Neutral;
        Vector3[]? sideways = identity.Asymmetry.Any(coefficient => coefficient != 0) ? assets.Modes.Combine(identity.Asymmetry) : null;
        for (int i = 0; i < offsets.Length; i++)
        {
            if (sideways is not null)
            {
                offsets[i] += MathF.Tanh(neutral[i].X / Transition) * sideways[i];
            }

            offsets[i] *= HeadMesh.BodyFade(i, neutral[i]);
        }

        return offsets;
    }
}
