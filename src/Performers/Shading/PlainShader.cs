using System.Numerics;
using VideoGaze.Performers.Raster;

namespace VideoGaze.Performers.Shading;

/// <summary>A surface of one colour with some gloss: teeth, gums, cloth below the bust, frames, props.</summary>
/// <param name="context">Light.</param>
/// <param name="color">Linear light.</param>
/// <param name="roughness">In [0, 1].</param>
/// <param name="gloss">Factor on what is mirrored.</param>
/// <param name="head">Share mirrored straight on: 0.04, metals 0.5 and more.</param>
internal sealed class PlainShader(ShadingContext context, Vector3 color, float roughness, float gloss, float head = 0.04f)
{
    public Vector4 Shade(in SurfacePoint point)
    {
        Vector3 view = -Vector3.Normalize(point.Position);
        Vector3 normal = Vector3.Normalize(point.Normal);
        if (Vector3.Dot(normal, view) < 0)
        {
            normal = -normal;
        }

        float cosine = Math.Clamp(Vector3.Dot(normal, view), 0.02f, 1);
        Vector3 mirrored = ShadingContext.Mirrored(normal, view);
        float share = gloss * ShadingContext.Fresnel(cosine, head, roughness) * ShadingContext.MirrorOpenness(mirrored, Vector3.Normalize(point.Bent), point.Openness);
        Vector3 tint = head > 0.2f ? color : Vector3.One;
        return new((color * point.Irradiance) + (context.Blurred.At(mirrored, roughness) * tint * share), 1);
    }
}
