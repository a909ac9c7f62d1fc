using System.Numerics;

namespace VideoGaze.Performers.Raster;

/// <summary>Colours points of surfaces. Thread-safe.</summary>
internal interface ISurfaceShader
{
    /// <summary>Light toward the camera in linear RGB, and how much of what is behind is covered.</summary>
    Vector4 Shade(in SurfacePoint point);
}
