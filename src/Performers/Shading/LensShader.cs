using System.Numerics;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Raster;

namespace VideoGaze.Performers.Shading;

/// <summary>A lens of spectacles: swallows some light and mirrors the lamps and windows of the scene. It does not refract, so that labels stay true.</summary>
/// <param name="context">Light.</param>
/// <param name="look">Tint and glare.</param>
internal sealed class LensShader(ShadingContext context, GlassesLook look)
{
    // Two surfaces of glass mirror 8 % straight on; a coating leaves a bluish green rest of about 3 %.
    private const float BothSurfaces = 0.03f;

    // The room behind the camera is mostly darker than its mean: people, furniture.
    private const float RoomShare = 0.4f;
    private static readonly Vector3 CoatingTint = new(0.75f, 1, 0.95f);

    public Vector4 Shade(in SurfacePoint point)
    {
        Vector3 view = -Vector3.Normalize(point.Position);
        Vector3 normal = Vector3.Normalize(point.Normal);
        if (Vector3.Dot(normal, view) < 0)
        {
            normal = -normal;
        }

        float cosine = Math.Clamp(Vector3.Dot(normal, view), 0.05f, 1);
        float share = look.Glare * ShadingContext.Fresnel(cosine, BothSurfaces, 0);
        Vector3 mirrored = ShadingContext.Mirrored(normal, view);
        Vector3 room = context.Light.Ambient(mirrored), lamps = context.Light.Radiance(mirrored) - room;
        Vector3 glare = ((RoomShare * room) + lamps) * CoatingTint * share;

        // Blending multiplies by the alpha; the mirrored light must come through whole.
        float alpha = Math.Clamp(0.03f + look.Tint, 0.01f, 0.9f);
        return new(glare / alpha, alpha);
    }
}
