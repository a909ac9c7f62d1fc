using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Props;

namespace VideoGaze.Performers.Posing;

/// <summary>A hair style on one person's head.</summary>
internal static class HairShape
{
    /// <summary>Middle of the skull, about which hair grows outward; head frame, cm.</summary>
    private static readonly Vector3 Skull = new(0, 4.5f, 0);

    /// <summary>The style's vertices on the head at rest, head frame, cm.</summary>
    public static Vector3[] AtRest(HairMesh style, HairLook look, ReadOnlySpan<Vector3> headOffsets)
    {
        var vertices = new Vector3[style.Vertices.Length];
        for (int i = 0; i < vertices.Length; i++)
        {
            Vector3 vertex = style.Carried(i, headOffsets);
            if (look.Mirrored)
            {
                // The head is symmetric but for details, so the mirrored style fits as well.
                vertex.X = -vertex.X;
            }

            vertices[i] = vertex + Shaped(vertex, look);
        }

        if (look.IsCurly)
        {
            RoundOff(vertices);
        }

        return vertices;
    }

    /// <summary>How much of the head's rotation each vertex takes: that of the nearest head vertex, and the whole of it above the shoulders.</summary>
    public static float[] NeckWeights(HairMesh style, ReadOnlySpan<Vector3> vertices, ReadOnlySpan<float> headWeights)
    {
        var weights = new float[vertices.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Max(headWeights[style.Carriers[i * HairMesh.CarrierCount]], Math.Clamp((vertices[i].Y + 13) / 6, 0, 1));
        }

        return weights;
    }

    // The style's cards end in corners; a ball of curls is round.
    private static void RoundOff(Vector3[] vertices)
    {
        var ball = new HeadProfile(vertices, withoutEars: false, smoothings: 6);
        for (int i = 0; i < vertices.Length; i++)
        {
            Vector3 from = vertices[i] - HeadProfile.Middle;
            float length = from.Length(), most = ball.RadiusAt(from / length) * 0.98f;
            vertices[i] = length > most ? HeadProfile.Middle + (from * (most / length)) : vertices[i];
        }
    }

    private static Vector3 Shaped(Vector3 vertex, HairLook look)
    {
        Vector3 outward = vertex - Skull;
        float distance = outward.Length();
        outward /= Math.Max(distance, 1e-3f);

        // Volume grows from the hairline up: hair that lies on the forehead stays there.
        float move = look.Volume * Math.Clamp((vertex.Y - 2) / 6, 0, 1);

        // Waves run down hanging hair, out of step around the head; the wave length of about 3 cm is that of loose waves.
        float hanging = Math.Clamp((5 - vertex.Y) / 5, 0, 1);
        move += look.Wave * hanging * MathF.Sin((vertex.Y * 2.1f) + (3 * MathF.Atan2(vertex.X, vertex.Z)));
        return move * outward;
    }
}
