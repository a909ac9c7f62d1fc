using System.Numerics;

namespace VideoGaze.Performers.Assets;

/// <summary>Gives the pack's torso, which widens downward like a bell, shoulders and arms that hang at its sides.</summary>
internal static class Shoulders
{
    // Vertices of each of the pack's rings, from the border of the bust down.
    private const int RingVertices = 54;

    // Half the width of each ring, cm: shoulders of an adult in a shirt are about 44 cm wide over the arms.
    private static readonly float[] HalfWidths = [14.4f, 17.2f, 19.5f, 21.1f, 22.1f, 22.7f, 23.1f, 24];

    // Where arm and chest meet, half a width, and how deep the fold between them is.
    private const float Armpit = 0.70f;
    private const float FoldWidth = 0.07f;
    private const float FoldDepth = 0.30f;

    /// <summary>The torso's vertices with shoulders.</summary>
    public static Vector3[] Round(Vector3[] torso)
    {
        var rounded = (Vector3[])torso.Clone();
        int rings = Math.Min(torso.Length / RingVertices, HalfWidths.Length);
        for (int ring = 0; ring < rings; ring++)
        {
            Span<Vector3> vertices = rounded.AsSpan(ring * RingVertices, RingVertices);
            float widest = 0, middle = 0;
            foreach (Vector3 vertex in vertices)
            {
                widest = Math.Max(widest, MathF.Abs(vertex.X));
                middle += vertex.Z / RingVertices;
            }

            // The fold begins below the shoulder.
            float fold = FoldDepth * Math.Clamp((ring - 2) / 3f, 0, 1);
            for (int i = 0; i < vertices.Length; i++)
            {
                float share = vertices[i].X / widest, aside = (MathF.Abs(share) - Armpit) / FoldWidth;
                float depth = 1 - (fold * MathF.Exp(-aside * aside));

                // Only the sides move out: the chest keeps its width.
                float wide = float.Lerp(1, HalfWidths[ring] / widest, HeadMesh.SmoothStep(0.3f, 1, MathF.Abs(share)));
                vertices[i] = new(vertices[i].X * wide, vertices[i].Y, middle + ((vertices[i].Z - middle) * depth));
            }
        }

        return rounded;
    }
}
