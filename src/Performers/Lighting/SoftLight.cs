using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Lighting;

/// <summary>A light far away with an extent.</summary>
/// <param name="Direction">Unit vector to the light, camera frame.</param>
/// <param name="Radiance">At its middle.</param>
/// <param name="InnerAngle">Angle from the middle up to which it shines wholly, radians.</param>
/// <param name="OuterAngle">Angle from which on it does not, radians.</param>
/// <param name="Shape">What eyes and glasses mirror.</param>
public sealed record SoftLight(Vector3 Direction, Vector3 Radiance, float InnerAngle, float OuterAngle, LightShape Shape = LightShape.Disc)
{
    /// <summary>A light from any vector and angles in degrees.</summary>
    public static SoftLight FromDegrees(Vector3 direction, Vector3 radiance, float inner, float outer, LightShape shape = LightShape.Disc) =>
        new(Vector3.Normalize(direction), radiance, float.DegreesToRadians(inner), float.DegreesToRadians(outer), shape);

    /// <summary>Share of the radiance in a direction, sharp.</summary>
    internal float Shine(Vector3 direction)
    {
        float cosine = Vector3.Dot(direction, Direction);
        return Shape switch
        {
            LightShape.Disc => 1 - HeadMesh.SmoothStep(InnerAngle, OuterAngle, MathF.Acos(Math.Clamp(cosine, -1, 1))),
            _ => cosine < 0.2f ? 0 : Panes(direction / cosine),
        };
    }

    /// <summary>Share of the radiance on average over a disc: what lights a surface, whatever the shape.</summary>
    internal float DiscShine(float angle) => 1 - HeadMesh.SmoothStep(InnerAngle, OuterAngle, angle);

    /// <summary>Share of the radiance in a direction as a rough surface mirrors it: a Gaussian as wide as light and surface together, of the light's flux.</summary>
    internal float BlurredShine(Vector3 direction, float roughness)
    {
        float angle = MathF.Acos(Math.Clamp(Vector3.Dot(direction, Direction), -1, 1));
        float width = 1.44f * roughness * roughness;
        if (width < 0.05f)
        {
            return 1 - HeadMesh.SmoothStep(Math.Max(0, InnerAngle - width), OuterAngle + width, angle);
        }

        float extent = (InnerAngle + OuterAngle) / 2;
        float variance = (width * width / 2) + (extent * extent / 4);
        return MathF.Exp(-angle * angle / (2 * variance)) * extent * extent / ((extent * extent) + (width * width));
    }

    // A window of two or more panes, or a screen without bars, upright around the light's direction. The point lies on the plane at distance 1.
    private float Panes(Vector3 point)
    {
        Vector3 right = Vector3.Normalize(Vector3.Cross(new Vector3(0, 1, 0.001f), Direction));
        Vector3 up = Vector3.Cross(Direction, right);
        float half = MathF.Tan((InnerAngle + OuterAngle) / 2) * 0.9f;
        float x = Vector3.Dot(point, right) / half, y = Vector3.Dot(point, up) / (half * (Shape == LightShape.Screen ? 0.62f : 1.15f));
        float inside = Edge(1 - MathF.Abs(x)) * Edge(1 - MathF.Abs(y));
        if (Shape == LightShape.Window)
        {
            inside *= Edge(MathF.Abs(x) - 0.07f) * Edge(MathF.Abs(y + 0.15f) - 0.06f);
        }

        return inside;

        static float Edge(float distance) => HeadMesh.SmoothStep(-0.04f, 0.04f, distance);
    }
}

/// <summary>What a light looks like in a mirror.</summary>
public enum LightShape
{
    /// <summary>A lamp, a soft box, the sun.</summary>
    Disc,

    /// <summary>A window of four panes.</summary>
    Window,

    /// <summary>A wide screen.</summary>
    Screen,
}
