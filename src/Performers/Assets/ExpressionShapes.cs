using System.Numerics;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Assets;

/// <summary>The expression shapes as sparse vertex offsets, cm at weight 1.</summary>
internal sealed class ExpressionShapes
{
    private readonly ushort[][] indices;
    private readonly Vector3[][] offsets;

    public ExpressionShapes(AssetReader reader, int vertices)
    {
        ushort[] allIndices = reader.Read<ushort>("ict/expression.index.u16");
        Half[] allOffsets = reader.Read<Half>("ict/expression.delta.f16", 3);
        if (allOffsets.Length != 3 * allIndices.Length || allIndices.Max() >= vertices)
        {
            throw AssetReader.Damaged("'ict/expression.index.u16' does not fit 'ict/expression.delta.f16'");
        }

        indices = new ushort[ExpressionNames.Count][];
        offsets = new Vector3[ExpressionNames.Count][];
        foreach (AssetIndex.ExpressionEntry entry in reader.Index.Expressions)
        {
            if (!ExpressionNames.TryParse(entry.Name, out ExpressionShape shape))
            {
                throw AssetReader.Damaged($"it has an unknown expression '{entry.Name}'");
            }

            indices[(int)shape] = allIndices[entry.First..(entry.First + entry.Count)];
            var own = new Vector3[entry.Count];
            for (int i = 0; i < own.Length; i++)
            {
                int at = 3 * (entry.First + i);
                own[i] = new((float)allOffsets[at], (float)allOffsets[at + 1], (float)allOffsets[at + 2]);
            }

            offsets[(int)shape] = own;
        }

        int missing = Array.IndexOf(indices, null);
        if (missing >= 0)
        {
            throw AssetReader.Damaged($"it lacks the expression '{ExpressionNames.NameOf((ExpressionShape)missing)}'");
        }
    }

    /// <summary>Adds weight times shape to vertices.</summary>
    public void Add(ExpressionShape shape, float weight, Span<Vector3> vertices)
    {
        if (weight == 0)
        {
            return;
        }

        ushort[] own = indices[(int)shape];
        Vector3[] moves = offsets[(int)shape];
        for (int i = 0; i < own.Length; i++)
        {
            vertices[own[i]] += weight * moves[i];
        }
    }

    /// <summary>How far a shape moves one vertex at weight 1, cm.</summary>
    public Vector3 OffsetOf(ExpressionShape shape, int vertex)
    {
        int at = Array.IndexOf(indices[(int)shape], (ushort)vertex);
        return at < 0 ? Vector3.Zero : offsets[(int)shape][at];
    }
}
