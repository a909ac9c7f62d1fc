using System.Numerics;

namespace VideoGaze.Performers.Assets;

/// <summary>A hair style as textured cards around the neutral head.</summary>
/// <param name="Vertices">Head frame, cm.</param>
/// <param name="TextureCoordinates">v up.</param>
/// <param name="Triangles">Into the vertices.</param>
/// <param name="TextureTriangles">The same triangles, into the texture coordinates.</param>
/// <param name="Carriers">24 head vertices a hair vertex, nearest first; the identity moves the hair by their weighted offsets.</param>
/// <param name="Weights">Of the carriers, sum 1.</param>
/// <param name="Map">Path of the grey map with alpha.</param>
internal sealed record HairMesh(
    Vector3[] Vertices,
    Vector2[] TextureCoordinates,
    Triangle[] Triangles,
    Triangle[] TextureTriangles,
    ushort[] Carriers,
    float[] Weights,
    string Map)
{
    /// <summary>Carriers of each vertex.</summary>
    public const int CarrierCount = 24;

    public static HairMesh Read(AssetReader reader, AssetIndex.HairEntry entry)
    {
        string stem = $"hair/{entry.Name}.";
        return new(
            reader.ReadRows<float, Vector3>(stem + "vertices.f32"),
            reader.ReadRows<float, Vector2>(stem + "uv.f32"),
            ReadTriangles(reader, stem + "tri.u16"),
            ReadTriangles(reader, stem + "triuv.u16"),
            reader.Read<ushort>(stem + "bind.u16", CarrierCount),
            Array.ConvertAll(reader.Read<Half>(stem + "weight.f16", CarrierCount), weight => (float)weight),
            reader.PathOf(entry.Map));
    }

    /// <summary>Where a hair vertex goes with the head it sits on.</summary>
    /// <param name="vertex">Hair vertex.</param>
    /// <param name="headOffsets">Offset of each head vertex from the neutral head, cm.</param>
    public Vector3 Carried(int vertex, ReadOnlySpan<Vector3> headOffsets)
    {
        Vector3 sum = Vertices[vertex];
        for (int i = vertex * CarrierCount; i < (vertex + 1) * CarrierCount; i++)
        {
            sum += Weights[i] * headOffsets[Carriers[i]];
        }

        return sum;
    }

    private static Triangle[] ReadTriangles(AssetReader reader, string file)
    {
        ushort[] flat = reader.Read<ushort>(file, 3);
        var triangles = new Triangle[flat.Length / 3];
        for (int i = 0; i < triangles.Length; i++)
        {
            triangles[i] = new(flat[3 * i], flat[(3 * i) + 1], flat[(3 * i) + 2]);
        }

        return triangles;
    }
}
