using System.Numerics;

namespace VideoGaze.Performers.Lighting;

/// <summary>
/// All light of a scene, as seen from the performers: a gradient from sky to ground and some soft lights far away. Camera frame; radiance in linear light,
/// in units of an exposure that is chosen later.
/// </summary>
public sealed record SceneLight
{
    /// <summary>Radiance from above.</summary>
    public required Vector3 Sky { get; init; }

    /// <summary>Radiance from below.</summary>
    public required Vector3 Ground { get; init; }

    /// <summary>Unit vector up; (0, -1, 0) for a level camera.</summary>
    public Vector3 Up { get; init; } = new(0, -1, 0);

    /// <summary>Lamps, windows, screens, the sun.</summary>
    public required IReadOnlyList<SoftLight> Lights { get; init; }

    /// <summary>Radiance of sky and ground alone.</summary>
    internal Vector3 Ambient(Vector3 direction) => Vector3.Lerp(Ground, Sky, 0.5f + (0.5f * Vector3.Dot(direction, Up)));

    /// <summary>Radiance from a direction, sharp, as a mirror shows it.</summary>
    internal Vector3 Radiance(Vector3 direction)
    {
        Vector3 sum = Ambient(direction);
        foreach (SoftLight light in Lights)
        {
            sum += light.Radiance * light.Shine(direction);
        }

        return sum;
    }

    /// <summary>Radiance from a direction as a rough surface mirrors it.</summary>
    internal Vector3 BlurredRadiance(Vector3 direction, float roughness)
    {
        Vector3 sum = Ambient(direction);
        foreach (SoftLight light in Lights)
        {
            sum += light.Radiance * light.BlurredShine(direction, roughness);
        }

        return sum;
    }
}
