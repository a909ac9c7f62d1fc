using System.Numerics;
using VideoGaze.Performers.Lighting;

namespace VideoGaze.Performers.Shading;

/// <summary>What shaders of one scene share.</summary>
/// <param name="Light">All light, sharp.</param>
/// <param name="Blurred">All light as rough surfaces mirror it.</param>
internal sealed record ShadingContext(SceneLight Light, EnvironmentMap Blurred)
{
    /// <summary>Schlick's approximation of how much a surface mirrors, lessened for rough ones.</summary>
    /// <param name="cosine">Between normal and view.</param>
    /// <param name="head">Straight on, 0.04 for skin, water, plastic.</param>
    /// <param name="roughness">In [0, 1].</param>
    public static float Fresnel(float cosine, float head, float roughness)
    {
        float away = 1 - cosine;
        float square = away * away;
        return head + ((1 - head) * square * square * away * (1 - (0.7f * roughness)));
    }

    /// <summary>
    /// Share of mirrored light that the surroundings let through: whether the mirrored direction lies in the cone of sky that the point sees. Without it a
    /// rim of light shows under the chin, where the sky mirrored at a grazing angle is hidden by the chest.
    /// </summary>
    /// <param name="mirrored">Unit vector.</param>
    /// <param name="bent">Mean direction of the open sky, unit vector.</param>
    /// <param name="openness">Share of the sky that is open.</param>
    public static float MirrorOpenness(Vector3 mirrored, Vector3 bent, float openness)
    {
        const float Softness = 0.4f;
        float edge = 1 - openness;
        return openness * Assets.HeadMesh.SmoothStep(edge - Softness, edge + Softness, Vector3.Dot(mirrored, bent));
    }

    /// <summary>The direction a surface mirrors the view from.</summary>
    /// <param name="normal">Unit vector.</param>
    /// <param name="view">Unit vector to the camera.</param>
    public static Vector3 Mirrored(Vector3 normal, Vector3 view) => (2 * Vector3.Dot(normal, view) * normal) - view;
}
