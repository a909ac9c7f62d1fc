using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace VideoGaze.Performers.Assets;

/// <summary>
/// The identity space: 100 principal components of scanned heads (ICT-FaceKit). A head is neutral + sum of coefficient times mode; coefficients of the
/// source model are standard normal. Kept as halves (16 MB) and widened mode by mode.
/// </summary>
internal sealed class ShapeModes
{
    /// <summary>Number of modes.</summary>
    public const int Count = 100;

    private readonly Half[] deltas;
    private readonly int vertices;

    public ShapeModes(AssetReader reader, int vertices)
    {
        deltas = reader.Read<Half>("ict/identity.f16", 3);
        this.vertices = vertices;
        if (deltas.Length != Count * vertices * 3)
        {
            throw AssetReader.Damaged($"'ict/identity.f16' does not hold {Count} modes of {vertices} vertices");
        }
    }

    /// <summary>Sum of coefficient times mode, cm, one vector a vertex.</summary>
    /// <param name="coefficients">At most <see cref="Count"/>; missing ones are 0.</param>
    public Vector3[] Combine(IReadOnlyList<float> coefficients)
    {
        if (coefficients.Count > Count)
        {
            throw new ArgumentException($"There are {Count} modes, got {coefficients.Count} coefficients.", nameof(coefficients));
        }

        var sum = new Vector3[vertices];
        Span<float> flat = MemoryMarshal.Cast<Vector3, float>(sum.AsSpan());
        var mode = new float[flat.Length];
        for (int k = 0; k < coefficients.Count; k++)
        {
            if (coefficients[k] != 0)
            {
                TensorPrimitives.ConvertToSingle(deltas.AsSpan(k * flat.Length, flat.Length), mode);
                TensorPrimitives.MultiplyAdd(mode, coefficients[k], flat, flat);
            }
        }

        return sum;
    }
}
