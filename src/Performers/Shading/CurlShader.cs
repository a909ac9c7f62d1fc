using System.Numerics;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Shading;

/// <summary>
/// A ball of tight curls: bright where a curl comes out, dark between, and thinning out where the surface turns away, so that its outline is no polygon's.
/// </summary>
/// <param name="context">Light.</param>
/// <param name="color">Linear light.</param>
internal sealed class CurlShader(ShadingContext context, Vector3 color)
{
    // Curls of about 5 mm, in clumps of 2 cm.
    private const float CurlsPerCentimetre = 3.2f;
    private const float ClumpsPerCentimetre = 0.9f;

    // Within this cosine of the outline curls stand apart.
    private const float Fringe = 0.42f;

    public Vector4 Shade(in SurfacePoint point)
    {
        float curl = SeededNoise.At(point.Rest * CurlsPerCentimetre), fine = SeededNoise.At(point.Rest * (CurlsPerCentimetre * 2.3f)), clump = SeededNoise.At(point.Rest * ClumpsPerCentimetre);
        float height = (0.45f * curl) + (0.3f * fine) + (0.25f * clump);
        Vector3 view = -Vector3.Normalize(point.Position), normal = Vector3.Normalize(point.Normal);
        float facing = MathF.Abs(Vector3.Dot(normal, view));
        float alpha = Math.Clamp(((facing / Fringe) - 1.15f + (1.5f * height)) * 4, 0, 1);
        if (alpha <= 0)
        {
            return Vector4.Zero;
        }

        // Light gets into curls from all sides: gaps keep a third of it.
        float lit = 0.35f + (1.3f * Math.Clamp((height - 0.25f) * 1.8f, 0, 1));
        Vector3 sheen = context.Blurred.At(ShadingContext.Mirrored(normal, view), 0.85f) * (0.010f * lit * point.Openness);
        return new((color * point.Irradiance * lit) + sheen, alpha);
    }
}
