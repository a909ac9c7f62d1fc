using System.Numerics;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Shading;

/// <summary>Skin of a hand: blotched, redder in places, with fine creases; without a texture, by the place on it.</summary>
/// <param name="context">Light.</param>
/// <param name="color">Linear light of the person's cheek.</param>
internal sealed class HandShader(ShadingContext context, Vector3 color)
{
    // Creases of 2 mm, blotches of 1.5 cm.
    private const float CreasesPerCentimetre = 5;
    private const float BlotchesPerCentimetre = 0.7f;
    private const float Roughness = 0.5f;
    private static readonly Vector3 Redness = new(1.04f, 0.88f, 0.84f);

    public Vector4 Shade(in SurfacePoint point)
    {
        Vector3 view = -Vector3.Normalize(point.Position);
        Vector3 normal = Vector3.Normalize(Vector3.Normalize(point.Normal) + (0.14f * SeededNoise.Slope(point.Rest * CreasesPerCentimetre)));
        normal = Vector3.Dot(normal, view) < 0 ? -normal : normal;
        float blotch = SeededNoise.At(point.Rest * BlotchesPerCentimetre), fine = SeededNoise.At(point.Rest * 2.6f);
        Vector3 skin = color * Vector3.Lerp(Vector3.One, Redness, blotch) * (0.94f + (0.12f * fine));
        float cosine = Math.Clamp(Vector3.Dot(normal, view), 0.02f, 1);
        Vector3 mirrored = ShadingContext.Mirrored(normal, view);
        float share = 0.5f * ShadingContext.Fresnel(cosine, 0.04f, Roughness) * ShadingContext.MirrorOpenness(mirrored, Vector3.Normalize(point.Bent), point.Openness);
        return new((skin * point.Irradiance) + (context.Blurred.At(mirrored, Roughness) * share), 1);
    }
}
