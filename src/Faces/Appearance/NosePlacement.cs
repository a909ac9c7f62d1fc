using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Gives a face another person's nose where that person has it. Skin laid onto the target's own mesh is stretched to the target's nose, and then it is the target's nose: with all else right, an identity network
/// found 93 % of frames nearer to the true swap, with the nose in its place all of them (true pixels and points, rendered standard set; with measured meshes it is 1 or 2 % of frames). Of all features the nose moves least with expression, and nothing shows through it; eyes and mouth
/// stay where they are.
/// </summary>
internal static class NosePlacement
{
    /// <summary>MediaPipe's nose: bridge, tip, base, wings.</summary>
    internal static readonly int[] Nose = [168, 6, 197, 195, 5, 4, 1, 19, 94, 2, 98, 97, 326, 327, 294, 278, 344, 440, 275, 45, 220, 115, 48, 64];

    // Two people's noses differ by less than this share of the distance of the eyes' outer corners; more is a mesh that went wrong.
    private const float Farthest = 0.2f;

    private static readonly bool[] Free = FreePoints();

    /// <summary>The mesh with the nose moved and the skin around it drawn along; all of it in the mesh's pixels, depths as they were.</summary>
    /// <param name="posed">The other person's shape in this mesh's pose.</param>
    /// <param name="mesh">The target's mesh.</param>
    public static Vector3[] Moved(Vector3[] posed, FaceMesh mesh)
    {
        float farthest = Farthest * Vector2.Distance(mesh.At(MeshTopology.ImageLeftEyeOuterCorner), mesh.At(MeshTopology.ImageRightEyeOuterCorner));
        var moves = new Vector2[FaceLayout.PointCount];
        foreach (int point in Nose)
        {
            Vector2 move = new Vector2(posed[point].X, posed[point].Y) - mesh.At(point);
            moves[point] = move * Math.Min(1, farthest / Math.Max(move.Length(), 1e-6f));
        }

        MeshMoves.Relax(moves, Free);
        var moved = new Vector3[FaceLayout.PointCount];
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = mesh.Points[i] + new Vector3(moves[i], 0);
        }

        return moved;
    }

    private static bool[] FreePoints()
    {
        bool[] free = new bool[FaceLayout.PointCount];
        for (int i = 0; i < free.Length; i++)
        {
            free[i] = MeshMoves.Neighbours[i].Length > 0;
        }

        foreach (int held in (IEnumerable<int>)[.. Nose, .. MeshTopology.ImageLeftEye, .. MeshTopology.ImageRightEye, .. MeshTopology.InnerLips, .. MeshTopology.OuterLips, .. MeshTopology.FaceOval])
        {
            free[held] = false;
        }

        return free;
    }
}
