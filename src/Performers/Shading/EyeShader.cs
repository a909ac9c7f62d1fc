using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Shading;

/// <summary>
/// An eyeball: white with veins, and behind a refracting cornea the iris, which lies deeper than the surface that is seen. The cornea's bulge is computed,
/// not taken from the mesh, so that the catch-light sits where it belongs.
/// </summary>
/// <param name="context">Light.</param>
/// <param name="eye">Where the eyeball is.</param>
/// <param name="look">Iris, pupil, white.</param>
/// <param name="iris">Texture: u around, v from limbus (0) to pupil (1).</param>
/// <param name="seed">Moves the veins.</param>
internal sealed class EyeShader(ShadingContext context, PosedEye eye, EyeLook look, Texture iris, int seed)
{
    // Refraction index of cornea and aqueous humour together (schematic eye of Gullstrand).
    private const float RefractionIndex = 1.336f;

    private readonly Quaternion toEye = Quaternion.Conjugate(eye.Optical);
    private readonly float limbus = look.IrisRadius * 1.06f;
    private readonly Vector3 veinOffset = new(seed % 97 * 1.7f, seed % 89 * 1.3f, 0);

    public Vector4 Shade(in SurfacePoint point)
    {
        Vector3 view = -Vector3.Normalize(point.Position);
        Vector3 own = Vector3.Transform(point.Position - eye.Centre, toEye) / eye.Scale;
        Vector3 ray = Vector3.Transform(-view, toEye);
        float fromAxis = MathF.Sqrt((own.X * own.X) + (own.Y * own.Y));
        bool isFront = own.Z > 0;
        Vector3 cornea = CorneaNormal(own, fromAxis);
        float onCornea = isFront ? 1 - HeadMesh.SmoothStep(limbus * 0.86f, limbus * 1.10f, fromAxis) : 0;
        Vector3 ownNormal = Vector3.Normalize(Vector3.Lerp(Vector3.Normalize(own), cornea, onCornea));
        Vector3 normal = Vector3.Transform(ownNormal, eye.Optical);

        Vector3 albedo = Sclera(own, fromAxis);
        float white = isFront ? HeadMesh.SmoothStep(look.IrisRadius * 0.95f, look.IrisRadius * 1.10f, fromAxis) : 1;
        if (white < 1)
        {
            albedo = Vector3.Lerp(Iris(own, ray, cornea), albedo, white);
        }

        float cosine = Math.Clamp(Vector3.Dot(normal, view), 0.02f, 1);
        float away = 1 - cosine, square = away * away;
        float share = 0.025f + (0.6f * square * square * away);
        float open = Math.Clamp(point.Openness, 0, 1);
        Vector3 mirrored = context.Light.Radiance(ShadingContext.Mirrored(normal, view));

        // Lids and lashes shade the eyeball more finely than shadow maps resolve.
        return new((albedo * point.Irradiance * (0.6f + (0.4f * open))) + (mirrored * (share * open * open)), 1);
    }

    // The sphere through the limbus ring and the apex.
    private Vector3 CorneaNormal(Vector3 own, float fromAxis)
    {
        const float Height = EyeRig.CorneaApex - EyeRig.LimbusDepth;
        float radius = ((Height * Height) + (limbus * limbus)) / (2 * Height);
        return Vector3.Normalize(new(own.X, own.Y, MathF.Sqrt(Math.Max((radius * radius) - (fromAxis * fromAxis), 1e-4f))));
    }

    // White, redder and veined toward the corners.
    private Vector3 Sclera(Vector3 own, float fromAxis)
    {
        float patch = SeededNoise.At((own * 4) + veinOffset);
        float vein = MathF.Abs(SeededNoise.At((own * 11) + veinOffset) - 0.5f);
        float red = HeadMesh.SmoothStep(0.45f, 1.25f, MathF.Atan2(fromAxis, own.Z)) * (0.35f + (0.65f * (1 - HeadMesh.SmoothStep(0, 0.07f, vein)) * patch));
        return look.Sclera - (red * new Vector3(0.06f, 0.24f, 0.27f));
    }

    // Where the refracted ray meets the iris plane decides what is seen.
    private Vector3 Iris(Vector3 own, Vector3 ray, Vector3 cornea)
    {
        const float Eta = 1 / RefractionIndex;
        float cosine = -Vector3.Dot(ray, cornea);
        float bend = 1 - (Eta * Eta * (1 - (cosine * cosine)));
        Vector3 inside = Vector3.Normalize((Eta * ray) + (((Eta * cosine) - MathF.Sqrt(Math.Max(bend, 0))) * cornea));
        float depth = inside.Z < -0.05f ? Math.Max(0, (EyeRig.IrisDepth - own.Z) / inside.Z) : 0;
        float x = own.X + (inside.X * depth), y = own.Y + (inside.Y * depth);
        float radius = MathF.Sqrt((x * x) + (y * y)) / look.IrisRadius;
        float outward = (radius - look.PupilRatio) / (1 - look.PupilRatio);
        Vector4 color = iris.Sample(new((MathF.Atan2(y, x) / (2 * MathF.PI)) + 0.5f, 1 - Math.Clamp(outward, 0.004f, 0.996f)), 0);
        float pupil = 1 - HeadMesh.SmoothStep(look.PupilRatio * 0.93f, look.PupilRatio * 1.07f, radius);
        float limbalRing = HeadMesh.SmoothStep(0.74f, 1.03f, radius);
        return color.AsVector3() * ((1 - (0.985f * pupil)) * (1 - (0.72f * limbalRing)));
    }
}
