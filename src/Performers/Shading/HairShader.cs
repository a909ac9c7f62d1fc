using System.Numerics;
using VideoGaze.Performers.Lighting;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Shading;

/// <summary>
/// Hair on cards under the light of the head's outside, and a band of gloss across the strands where they mirror a lamp (Kajiya and Kay 1989: gloss by the sine between strand and half vector).
/// </summary>
/// <param name="context">Light.</param>
/// <param name="texture">Coloured strands, alpha of the cards.</param>
/// <param name="gloss">Strength of the band.</param>
internal sealed class HairShader(ShadingContext context, Texture texture, float gloss)
{
    // The alpha's threshold and slope: cards are cut where the map is thinner than 0.15, so that no grey veil hangs between strands.
    private const float LeastAlpha = 0.15f;
    private const float AlphaGain = 1.5f;
    private const float Sharpness = 60;

    public Vector4 Shade(in SurfacePoint point)
    {
        float lod = (0.5f * MathF.Log2((point.TextureAreaPerPixel * texture.Width * texture.Height) + 1e-9f)) - 0.3f;
        Vector4 map = texture.Sample(point.Uv, lod);

        // Coarser levels average holes away; the gain keeps the coverage of the finest.
        float alpha = Math.Clamp((map.W - LeastAlpha) * AlphaGain, 0, 1);
        if (alpha <= 0)
        {
            return Vector4.Zero;
        }

        Vector3 albedo = map.AsVector3();
        Vector3 view = -Vector3.Normalize(point.Position);
        Vector3 along = Vector3.Normalize(point.Rest);
        Vector3 shine = Vector3.Zero;
        foreach (SoftLight lamp in context.Light.Lights)
        {
            Vector3 half = Vector3.Normalize(lamp.Direction + view);
            float across = 1 - MathF.Pow(Vector3.Dot(along, half), 2);
            float facing = Math.Clamp((Vector3.Dot(Vector3.Normalize(point.Normal), lamp.Direction) * 1.3f) + 0.2f, 0, 1);
            float extent = lamp.OuterAngle;
            shine += lamp.Radiance * (facing * extent * extent * MathF.Pow(Math.Max(across, 0), Sharpness));
        }

        // The first gloss of hair is white, the second has the hair's colour.
        float open = point.Openness * point.Openness;
        float brightness = Vector3.Dot(albedo, new(1f / 3));
        float strand = brightness / (brightness + 0.05f);
        Vector3 tinted = (0.25f * albedo) + new Vector3(0.02f);
        return new((albedo * point.Irradiance) + (shine * tinted * (gloss * strand * open)), alpha);
    }
}
