using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Lets the inner edge of a target's lips be where it is seen. Skin is laid by a mesh that has the mean face's features, and beside the target's own mouth it would be laid over teeth and tongue, which stay the target's.
/// With points known exactly this is worth one frame in a hundred (docs/training.md), and mouths of two lower lips are gone.
/// </summary>
internal static class MouthOpening
{
    // Places in MeshTopology.InnerLips of the points that have a partner among the 68, in the ring's order, and where the 68 have it from there when both are exact: along the eyes' line and down, in distances of the outer eye
    // corners; means of 2004 rendered faces turned by less than 25 degrees, made symmetric.
    private static readonly (int Ring, int Landmark, Vector2 Habit)[] Partners =
    [
        (0, 60, new(0.007f, 0.008f)), (3, 67, new(0.004f, 0.003f)), (5, 66, new(0, 0.001f)), (7, 65, new(-0.004f, 0.003f)),
        (10, 64, new(-0.007f, 0.008f)), (13, 63, new(-0.012f, 0.007f)), (15, 62, new(0, 0.012f)), (17, 61, new(0.012f, 0.007f)),
    ];

    private static readonly bool[] Free = FreePoints();

    /// <summary>The mesh with its inner lips where the 68 points that come with it have them, lips drawn along; the mesh itself where it comes without.</summary>
    public static FaceMesh AsSeen(FaceMesh mesh)
    {
        if (mesh.Landmarks68 is not { } landmarks)
        {
            return mesh;
        }

        Vector2 across = mesh.At(MeshTopology.ImageRightEyeOuterCorner) - mesh.At(MeshTopology.ImageLeftEyeOuterCorner), down = new(-across.Y, across.X);
        IReadOnlyList<int> ring = MeshTopology.InnerLips;
        var moves = new Vector2[FaceLayout.PointCount];
        for (int k = 0; k < Partners.Length; k++)
        {
            (int from, int to) = (Partners[k].Ring, k + 1 < Partners.Length ? Partners[k + 1].Ring : ring.Count);
            Vector2 first = Move(Partners[k]), second = Move(Partners[(k + 1) % Partners.Length]);
            for (int i = from; i < to; i++)
            {
                moves[ring[i]] = Vector2.Lerp(first, second, (i - from) / (float)(to - from));
            }
        }

        MeshMoves.Relax(moves, Free);
        return mesh with { Points = [.. mesh.Points.Select((point, i) => i < moves.Length ? point + new Vector3(moves[i], 0) : point)] };

        Vector2 Move((int Ring, int Landmark, Vector2 Habit) partner) =>
            landmarks[partner.Landmark] - (partner.Habit.X * across) - (partner.Habit.Y * down) - mesh.At(ring[partner.Ring]);
    }

    private static bool[] FreePoints()
    {
        bool[] free = new bool[FaceLayout.PointCount];
        foreach (int near in MeshTopology.InnerLips.SelectMany(point => MeshMoves.Neighbours[point]))
        {
            free[near] = true;
        }

        foreach (int held in (IEnumerable<int>)[.. MeshTopology.InnerLips, .. MeshTopology.OuterLips])
        {
            free[held] = false;
        }

        return free;
    }
}
