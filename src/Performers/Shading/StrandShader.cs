using System.Numerics;
using VideoGaze.Performers.Raster;

namespace VideoGaze.Performers.Shading;

/// <summary>A loose hair: thinner than a pixel, so mostly see-through.</summary>
/// <param name="context">Light.</param>
/// <param name="color">Linear light.</param>
internal sealed class StrandShader(ShadingContext context, Vector3 color)
{
    private const float Opacity = 0.5f;

    public Vector4 Shade(in SurfacePoint point)
    {
        Vector3 view = -Vector3.Normalize(point.Position);
        Vector3 rim = context.Blurred.At(-view, 0.72f) * 0.04f;
        return new((color * point.Irradiance) + rim, Opacity);
    }
}
