using System.Numerics;

namespace VideoGaze.Performers.Lighting;

/// <summary>A vertex with the light on it, as the rasteriser interpolates it. Camera frame, cm, linear light.</summary>
internal struct LitVertex
{
    /// <summary>Place.</summary>
    public Vector3 Position;

    /// <summary>Share of the sky that is seen, 1 on an open cheek.</summary>
    public float Openness;

    /// <summary>Unit normal.</summary>
    public Vector3 Normal;

    /// <summary>Irradiance over pi.</summary>
    public Vector3 Irradiance;

    /// <summary>Mean direction of the sky that is seen; about unit length.</summary>
    public Vector3 Bent;

    /// <summary>Place on the neutral head for noise; of hair with strands, the direction along it.</summary>
    public Vector3 Rest;
}
