using System.Numerics;

namespace VideoGaze.Faces.Geometry;

/// <summary>
/// A mean head without expression: where points of the mesh that hardly move with the face lie on it. Fitting it to a mesh tells where the head is turned.
/// </summary>
/// <remarks>
/// The numbers are means over 292 meshes measured on rendered clips of six people, turned back by the clips' true head rotation, scaled to unit spread and
/// made symmetric. The network's depth fits its width without correction (the spread of the means is least at a depth factor of 1.1, flat from 1.0 to 1.2).
/// Brows enter because there are many other points; jaw, lips, lids and eye corners do not.
/// </remarks>
public static class HeadModel
{
    // Middle and image-left half; the other half is its mirror. Head frame, unit spread: x to the person's left, y up, z out of the face.
    private static readonly (int Index, float X, float Y, float Z)[] Half =
    [
        (1, 0, -0.069f, 0.636f), (2, 0, -0.22f, 0.358f), (4, 0, 0.055f, 0.669f), (5, 0, 0.207f, 0.613f),
        (6, 0, 0.571f, 0.271f), (8, 0, 0.908f, 0.17f), (9, 0, 1.08f, 0.179f), (10, 0, 1.609f, 0.015f),
        (21, -1.217f, 1.02f, -0.783f), (36, -0.57f, -0.013f, 0.085f), (46, -1.009f, 0.874f, -0.179f), (48, -0.341f, -0.064f, 0.341f),
        (50, -0.912f, -0.008f, -0.072f), (54, -1.105f, 1.245f, -0.568f), (55, -0.241f, 0.949f, 0.133f), (67, -0.65f, 1.544f, -0.133f),
        (70, -1.073f, 0.923f, -0.283f), (93, -1.251f, -0.053f, -1.216f), (98, -0.3f, -0.2f, 0.203f), (101, -0.651f, 0.137f, 0.013f),
        (103, -0.925f, 1.424f, -0.336f), (107, -0.276f, 1.121f, 0.167f), (109, -0.351f, 1.599f, -0.013f), (116, -1.172f, 0.28f, -0.446f),
        (118, -0.845f, 0.251f, -0.097f), (123, -1.152f, 0.028f, -0.395f), (127, -1.291f, 0.493f, -1.17f), (129, -0.379f, -0.079f, 0.127f),
        (151, 0, 1.341f, 0.105f), (162, -1.272f, 0.781f, -1.005f), (168, 0, 0.727f, 0.176f), (195, 0, 0.33f, 0.495f),
        (197, 0, 0.444f, 0.378f), (205, -0.745f, -0.161f, 0.042f), (234, -1.278f, 0.223f, -1.232f),
    ];

    private static readonly Vector3[] Reference;

    static HeadModel()
    {
        var points = new SortedDictionary<int, Vector3>();
        foreach ((int index, float x, float y, float z) in Half)
        {
            points[index] = new(x, y, z);
            points[MeshTopology.Mirror(index)] = new(x == 0 ? 0 : -x, y, z);
        }

        Indices = [.. points.Keys];
        Reference = [.. points.Values];
    }

    /// <summary>Mesh indices of the model's points, ascending.</summary>
    public static IReadOnlyList<int> Indices { get; }

    /// <summary>The points in the order of <see cref="Indices"/>. Head frame, unit spread: x to the person's left, y up, z out of the face.</summary>
    public static IReadOnlyList<Vector3> Points => Reference;

    /// <summary>The rotation from the head frame to the frame of the mesh (x right, y down, z away from the camera).</summary>
    public static Quaternion Rotation(FaceMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        Span<Vector3> measured = stackalloc Vector3[Reference.Length];
        for (int i = 0; i < measured.Length; i++)
        {
            measured[i] = mesh.Points[Indices[i]];
        }

        return RotationFit.Between(Reference, measured);
    }
}
