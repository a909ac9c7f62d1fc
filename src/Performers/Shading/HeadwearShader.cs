using System.Numerics;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Shading;

/// <summary>Cloth on the head: ribs of a knitted hat, weave and soft folds of the others.</summary>
/// <param name="context">Light.</param>
/// <param name="look">Kind and colour.</param>
internal sealed class HeadwearShader(ShadingContext context, HeadwearLook look)
{
    // Ribs around a knitted hat: about 8 mm wide.
    private const float Ribs = 68;
    private const float PeakStart = 11;
    private const float Roughness = 0.9f;
    private const float Gloss = 0.06f;
    private readonly Vector3 color = ColorSpace.ToLinear(look.Color);

    public Vector4 Shade(in SurfacePoint point)
    {
        Vector3 view = -Vector3.Normalize(point.Position), normal = Vector3.Normalize(point.Normal);
        normal = Vector3.Dot(normal, view) < 0 ? -normal : normal;
        float cosine = Math.Clamp(Vector3.Dot(normal, view), 0.02f, 1);
        Vector3 mirrored = ShadingContext.Mirrored(normal, view);
        float share = Gloss * ShadingContext.Fresnel(cosine, 0.04f, Roughness) * ShadingContext.MirrorOpenness(mirrored, Vector3.Normalize(point.Bent), point.Openness);
        return new((color * Weave(point.Rest) * point.Irradiance) + (context.Blurred.At(mirrored, Roughness) * share), 1);
    }

    // Six panels meet in seams from the crown down; the peak before them has none.
    private static float Seam(Vector3 rest)
    {
        float across = MathF.Abs(MathF.Sin(3 * MathF.Atan2(rest.X, rest.Z))) * MathF.Sqrt((rest.X * rest.X) + (rest.Z * rest.Z)) / 3;
        return rest.Z > PeakStart ? 1 : 1 - (0.3f * MathF.Exp(-across * across / 0.006f));
    }

    private float Weave(Vector3 rest)
    {
        float fine = 0.94f + (0.12f * SeededNoise.At(rest * 7));
        return look.Kind switch
        {
            HeadwearKind.Beanie => fine * (0.82f + (0.18f * MathF.Cos(Ribs * MathF.Atan2(rest.X, rest.Z)))),
            HeadwearKind.Headscarf => fine * (0.85f + (0.3f * SeededNoise.At(new Vector3(rest.X * 0.5f, rest.Y * 0.22f, rest.Z * 0.5f)))),
            _ => fine * Seam(rest),
        };
    }
}
