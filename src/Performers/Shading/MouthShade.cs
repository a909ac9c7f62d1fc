using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Lighting;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Shading;

/// <summary>
/// Darkens the inside of the mouth: light enters between the lips only, and falls off with the depth behind them. Shadow maps are too coarse for the slit
/// between lips, which else shows bright.
/// </summary>
internal static class MouthShade
{
    // Share of light inside a shut mouth, and what the gap adds, cm.
    private const float ShutLight = 0.05f;
    private const float LightPerGap = 1.3f;

    // Depth behind the lips at which light has fallen to 1/e, cm, for a mouth 1 cm open.
    private const float Depth = 3f;

    // Light that walls, tongue and teeth throw at each other, as share of the light on the lips.
    private const float Interreflection = 0.25f;

    /// <summary>Changes the light of a posed performer's mouth in place.</summary>
    public static void Apply(LitVertex[] vertices, PosedPerformer posed)
    {
        float gap = FaceMeasures.LipGap(posed.Landmark).Length();
        float entering = Math.Clamp(ShutLight + ((gap - 0.06f) * LightPerGap), ShutLight, 1);
        Vector3 outward = Vector3.Transform(Vector3.UnitZ, posed.HeadToCamera);
        Vector3 lips = (posed.Landmark(62) + posed.Landmark(66)) / 2;
        int[] landmarks = posed.Performer.Assets.Head.Landmarks68;
        Vector3 thrown = Interreflection / 2 * (vertices[landmarks[51]].Irradiance + vertices[landmarks[57]].Irradiance);
        float reach = Depth * (0.4f + Math.Clamp(gap, 0, 2.5f));
        foreach (Range range in (ReadOnlySpan<Range>)[HeadMesh.MouthSocket, HeadMesh.GumsAndTeeth])
        {
            foreach (ref LitVertex vertex in vertices.AsSpan(range))
            {
                float behind = Math.Max(0, Vector3.Dot(lips - vertex.Position, outward) - 0.6f);
                float light = entering * MathF.Exp(-behind / reach);
                vertex.Irradiance = (vertex.Irradiance + thrown) * light;
                vertex.Openness *= light;
            }
        }

        // Where closed lips meet, hardly any light gets in.
        float contact = Math.Clamp(0.35f + gap, 0.35f, 1);
        foreach (int index in posed.Performer.Assets.Head.MouthInnerLoop)
        {
            vertices[index].Irradiance *= contact;
            vertices[index].Openness *= contact;
        }
    }
}
