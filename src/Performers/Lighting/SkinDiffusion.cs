using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Lighting;

/// <summary>
/// Light that enters skin and leaves it nearby, as averaging over mesh neighbours: each pass moves half of a vertex's light to the mean of its neighbours.
/// Red travels farthest in skin, so it gets the most passes.
/// </summary>
internal sealed class SkinDiffusion
{
    private static readonly Vector3[] PassesByChannel = [new(1, 1, 1), new(1, 1, 1), new(1, 1, 0), new(1, 0, 0), new(1, 0, 0)];

    private readonly int[] starts;
    private readonly int[] neighbours;

    private SkinDiffusion(int[] starts, int[] neighbours)
    {
        this.starts = starts;
        this.neighbours = neighbours;
    }

    /// <summary>The neighbourhood of the skin's vertices, which come first in the mesh.</summary>
    public static SkinDiffusion Of(HeadMesh mesh)
    {
        var sets = new SortedSet<int>[HeadMesh.SkinEnd];
        for (int i = 0; i < sets.Length; i++)
        {
            sets[i] = [];
        }

        for (int t = 0; t < mesh.Triangles.Length; t++)
        {
            if (mesh.Materials[t] is HeadMaterial.Face or HeadMaterial.BackHead)
            {
                Triangle triangle = mesh.Triangles[t];
                Connect(triangle.A, triangle.B);
                Connect(triangle.B, triangle.C);
                Connect(triangle.C, triangle.A);
            }
        }

        var starts = new int[sets.Length + 1];
        for (int i = 0; i < sets.Length; i++)
        {
            starts[i + 1] = starts[i] + sets[i].Count;
        }

        return new(starts, [.. sets.SelectMany(set => set)]);

        void Connect(int a, int b)
        {
            if (a < sets.Length && b < sets.Length)
            {
                sets[a].Add(b);
                sets[b].Add(a);
            }
        }
    }

    /// <summary>Spreads light in place; vertices behind the skin's are left alone.</summary>
    public void Spread(Span<Vector3> light)
    {
        int count = starts.Length - 1;
        var next = new Vector3[count];
        foreach (Vector3 channels in PassesByChannel)
        {
            for (int i = 0; i < count; i++)
            {
                next[i] = Vector3.Lerp(light[i], Mean(light, i), channels / 2);
            }

            next.CopyTo(light);
        }
    }

    /// <summary>Smooths all four parts of values alike, in place.</summary>
    public void Smooth(Span<Vector4> values, int passes)
    {
        int count = starts.Length - 1;
        var next = new Vector4[count];
        for (int pass = 0; pass < passes; pass++)
        {
            for (int i = 0; i < count; i++)
            {
                int start = starts[i], end = starts[i + 1];
                Vector4 sum = Vector4.Zero;
                for (int k = start; k < end; k++)
                {
                    sum += values[neighbours[k]];
                }

                next[i] = start == end ? values[i] : (values[i] + (sum / (end - start))) / 2;
            }

            next.CopyTo(values);
        }
    }

    private Vector3 Mean(ReadOnlySpan<Vector3> values, int vertex)
    {
        int start = starts[vertex], end = starts[vertex + 1];
        if (start == end)
        {
            return values[vertex];
        }

        Vector3 sum = Vector3.Zero;
        for (int i = start; i < end; i++)
        {
            sum += values[neighbours[i]];
        }

        return sum / (end - start);
    }
}
