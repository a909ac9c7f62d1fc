using System.Numerics;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Shading;

/// <summary>
/// Skin, and cloth where the texture says so: texture times irradiance, and two lobes of gloss over a surface of fine bumps. The texture's alpha is the
/// gloss: 1 shining skin, 0 cloth.
/// </summary>
/// <param name="context">Light.</param>
/// <param name="texture">Colour and gloss.</param>
/// <param name="look">Numbers of the surface.</param>
internal sealed class SkinShader(ShadingContext context, Texture texture, SkinSurface look)
{
    // The bumps of skin, about 2 mm wide.
    private const float BumpsPerCentimetre = 5;
    private const float ClothRoughness = 0.85f;

    public Vector4 Shade(in SurfacePoint point)
    {
        // Half a level finer than a pixel: four samples a pixel smooth what is left.
        float lod = (0.5f * MathF.Log2((point.TextureAreaPerPixel * texture.Width * texture.Height) + 1e-9f)) - 0.5f;
        Vector4 albedo = texture.Sample(point.Uv, lod);
        float gloss = albedo.W;
        Vector3 view = -Vector3.Normalize(point.Position);
        Vector3 normal = Vector3.Normalize(Vector3.Normalize(point.Normal) + (look.Bumps * gloss * SeededNoise.Slope(point.Rest * BumpsPerCentimetre)));
        float roughness = float.Lerp(ClothRoughness, look.Roughness, Math.Min(gloss * 1.3f, 1));
        float strength = look.Gloss * (0.15f + (0.85f * gloss));
        float cosine = Math.Clamp(Vector3.Dot(normal, view), 0.02f, 1);
        Vector3 mirrored = ShadingContext.Mirrored(normal, view);
        Vector3 light = (0.35f * context.Blurred.At(mirrored, roughness)) + (0.65f * context.Blurred.At(mirrored, roughness * 1.75f));
        float share = strength * ShadingContext.Fresnel(cosine, 0.04f, roughness) * ShadingContext.MirrorOpenness(mirrored, Vector3.Normalize(point.Bent), point.Openness);
        return new((albedo.AsVector3() * point.Irradiance) + (light * share), 1);
    }
}

/// <summary>How a skin shines.</summary>
/// <param name="Roughness">Of the sharper of both lobes.</param>
/// <param name="Gloss">Factor on what is mirrored.</param>
/// <param name="Bumps">Slope of the fine bumps.</param>
internal readonly record struct SkinSurface(float Roughness, float Gloss, float Bumps);
