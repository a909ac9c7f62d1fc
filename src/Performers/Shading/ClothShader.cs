using System.Numerics;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Shading;

/// <summary>The shirt below the bust; shines as the painted cloth on the bust does, or the border would show.</summary>
/// <param name="context">Light.</param>
/// <param name="pattern">Colour by place.</param>
internal sealed class ClothShader(ShadingContext context, ClothPattern pattern)
{
    private const float Roughness = 0.85f;

    // That of skin with gloss 0: 0.15 of the back's 0.35.
    private const float Gloss = 0.05f;

    public Vector4 Shade(in SurfacePoint point)
    {
        Vector3 color = ColorSpace.ToLinear(pattern.At(point.Rest));
        Vector3 view = -Vector3.Normalize(point.Position), normal = Vector3.Normalize(point.Normal);
        float cosine = Math.Clamp(Vector3.Dot(normal, view), 0.02f, 1);
        Vector3 mirrored = ShadingContext.Mirrored(normal, view);
        float share = Gloss * ShadingContext.Fresnel(cosine, 0.04f, Roughness) * ShadingContext.MirrorOpenness(mirrored, Vector3.Normalize(point.Bent), point.Openness);
        return new((color * point.Irradiance) + (context.Blurred.At(mirrored, Roughness) * share), 1);
    }
}
