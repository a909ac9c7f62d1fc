using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Raster;

/// <summary>What the rasteriser knows of a point that is seen. Camera frame, cm, linear light.</summary>
internal struct SurfacePoint
{
    /// <summary>What it is made of.</summary>
    public HeadMaterial Material;

    /// <summary>Place.</summary>
    public Vector3 Position;

    /// <summary>Interpolated normal, not of unit length.</summary>
    public Vector3 Normal;

    /// <summary>Irradiance over pi.</summary>
    public Vector3 Irradiance;

    /// <summary>Mean direction of the sky that is seen, not of unit length.</summary>
    public Vector3 Bent;

    /// <summary>Place on the neutral head; of hair with strands, the direction along it.</summary>
    public Vector3 Rest;

    /// <summary>Texture coordinates.</summary>
    public Vector2 Uv;

    /// <summary>Share of the sky that is seen.</summary>
    public float Openness;

    /// <summary>Area of the triangle on its texture (whose area is 1) over its area in square pixels.</summary>
    public float TextureAreaPerPixel;
}
