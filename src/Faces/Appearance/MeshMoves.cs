using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>Lets the free points of a mesh be drawn along by the others, as a membrane: each comes to rest at the mean of its neighbours' moves.</summary>
internal static class MeshMoves
{
    // Rounds in which free points give way; after 40 none is off by more than a thousandth of the move from where it comes to rest, where a cheek's width is free.
    private const int Rounds = 40;

    /// <summary>For each of the 468 points those it shares a triangle with.</summary>
    public static IReadOnlyList<int[]> Neighbours { get; } = NeighboursOf();

    /// <summary>By point: the lid margins and the outline, which stay where features move.</summary>
    public static bool[] EyesAndOutline { get; } = Flags([.. Lids, .. MeshTopology.FaceOval]);

    /// <summary>By point: what then leads over from them to the features, two rings of points around the lids and one along the outline.</summary>
    public static bool[] BetweenThemAndFeatures { get; } = LeadOver();

    private static int[] Lids => [.. MeshTopology.ImageLeftEye, .. MeshTopology.ImageRightEye];

    /// <summary>Moves the free points.</summary>
    /// <param name="moves">468; those of held points are given and stay, free ones are overwritten.</param>
    /// <param name="free">Which points are drawn along.</param>
    public static void Relax(Vector2[] moves, bool[] free)
    {
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < moves.Length; i++)
            {
                if (free[i])
                {
                    Vector2 sum = Vector2.Zero;
                    foreach (int neighbour in Neighbours[i])
                    {
                        sum += moves[neighbour];
                    }

                    moves[i] = sum / Neighbours[i].Length;
                }
            }
        }
    }

    private static bool[] LeadOver()
    {
        HashSet<int> near = [.. Lids.SelectMany(i => Neighbours[i])];
        near.UnionWith([.. near.SelectMany(i => Neighbours[i])]);
        near.UnionWith(MeshTopology.FaceOval.SelectMany(i => Neighbours[i]));
        return [.. Flags(near).Zip(EyesAndOutline, (isNear, stays) => isNear && !stays)];
    }

    private static bool[] Flags(IReadOnlyCollection<int> points)
    {
        bool[] flags = new bool[FaceLayout.PointCount];
        foreach (int point in points)
        {
            flags[point] = true;
        }

        return flags;
    }

    private static int[][] NeighboursOf()
    {
        HashSet<int>[] sets = [.. Enumerable.Range(0, FaceLayout.PointCount).Select(_ => new HashSet<int>())];
        foreach ((int a, int b, int c) in FaceLayout.Triangles)
        {
            sets[a].UnionWith([b, c]);
            sets[b].UnionWith([a, c]);
            sets[c].UnionWith([a, b]);
        }

        return [.. sets.Select(set => set.Order().ToArray())];
    }
}
