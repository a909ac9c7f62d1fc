using System.Numerics;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Shading;

/// <summary>Lashes: dark strokes on strips along the lids.</summary>
/// <param name="texture">Strokes in the alpha.</param>
/// <param name="density">How dense they are, 0 to about 1.2.</param>
internal sealed class LashShader(Texture texture, float density)
{
    public Vector4 Shade(in SurfacePoint point)
    {
        float lod = (0.5f * MathF.Log2((point.TextureAreaPerPixel * texture.Width * texture.Height) + 1e-9f)) - 0.5f;
        Vector4 map = texture.Sample(point.Uv, lod);
        return new(map.AsVector3() * point.Irradiance, Math.Clamp((map.W - 0.03f) * density, 0, 1));
    }
}
