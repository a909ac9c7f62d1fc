using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Where mouth and brows of the person put in belong on the face of the person replaced. Skin laid onto the target's mesh is stretched to the target's features: a mouth that sits higher, fuller lips, brows that lie nearer to the eyes are
/// the target's then, whoever's skin it is. What the photos at rest and the video on average differ by is measured once and moves the target's features by the same in every frame, so expression stays the target's. (With the target at rest, too, fewer frames
/// of the standard set came nearer to the true swap: docs/benchmark.md.) Eyes and outline stay where
/// they are, the nose is <see cref="NosePlacement"/>'s. Immutable.
/// </summary>
public sealed class FeaturePlacement
{
    // How much of the difference between two people counts. In 678 rendered triplets of 359 pairs (one frame of each target) features of the true swap lie by .39 of it from where the target's mesh would have them, brows by .56 (.57 apart; a mouth by .43 where it goes up and .36 where it goes down, or
    // .49 and .31 beside a constant: below it is the chin, which stays the target's), lips are thicker by .77 of it or, all differences taken together, 1.07. What looks most like the true swap on the standard set
    // is .38 for the mouth (up more, down less) and .67 for the brows: the chin below and the eyes beside stay the target's.
    private const float MouthUpShare = 0.6f, MouthDownShare = 0.2f, BrowShare = 0.6f, LipShare = 1;

    // Two people's features differ by less than this share of the distance of the eyes' outer corners; more is an expression, or a mesh that went wrong.
    private const float Farthest = 0.1f;

    private static readonly int[] Lips = [.. MeshTopology.OuterLips, .. MeshTopology.InnerLips], Brows = [.. MeshTopology.ImageLeftBrow, .. MeshTopology.ImageRightBrow];

    private static readonly float EyeDistance = Vector3.Distance(FaceLayout.Mean[MeshTopology.ImageLeftEyeOuterCorner], FaceLayout.Mean[MeshTopology.ImageRightEyeOuterCorner]);

    private static readonly Measures Usual = Measures.Of(FaceLayout.Mean);

    // Moves of all points of the mean face for one unit of each measure.
    private static readonly Vector2[] MouthLower = Field(Lips, _ => Vector2.UnitY);
    private static readonly Vector2[] LipsThicker = Field(MeshTopology.OuterLips, point => new(0, (point.Y - Usual.Opening) / Usual.HalfLips));
    private static readonly Vector2[] BrowsLower = Field(Brows, _ => Vector2.UnitY);
    private static readonly Vector2[] BrowsApart = Field(Brows, point => new(point.X / Usual.BrowsApart, 0));

    private readonly Vector3[] _moves;

    private FeaturePlacement(Vector3[] moves) => _moves = moves;

    /// <summary>Everything stays where the target has it.</summary>
    public static FeaturePlacement None { get; } = new([]);

    /// <summary>The placement for two people.</summary>
    /// <param name="person">Shape of the person put in at rest, in the frame of the mean face.</param>
    /// <param name="target">Mean shape of the person replaced, likewise.</param>
    internal static FeaturePlacement Between(Vector3[] person, Vector3[] target)
    {
        Measures wanted = Measures.Of(ShapeFit.ByEyes(person, FaceLayout.Mean)), own = Measures.Of(ShapeFit.ByEyes(target, FaceLayout.Mean));
        float mouth = Share(wanted.Mouth < own.Mouth ? MouthUpShare : MouthDownShare, wanted.Mouth - own.Mouth), lips = Share(LipShare, wanted.Lips - own.Lips);
        float brows = Share(BrowShare, wanted.Brows - own.Brows), apart = Share(BrowShare, wanted.BrowsApart - own.BrowsApart);
        var moves = new Vector3[FaceLayout.PointCount];
        for (int i = 0; i < moves.Length; i++)
        {
            moves[i] = new((mouth * MouthLower[i]) + (lips * LipsThicker[i]) + (brows * BrowsLower[i]) + (apart * BrowsApart[i]), 0);
        }

        return new(moves);

        static float Share(float share, float difference) => Math.Clamp(share * difference, -Farthest * EyeDistance, Farthest * EyeDistance);
    }

    /// <summary>The points of a face with its features moved; depths stay.</summary>
    /// <param name="points">The first 468 count; in the mesh's pixels, not changed.</param>
    /// <param name="mesh">The target's mesh, for the turn of the head and its size.</param>
    internal Vector3[] Moved(Vector3[] points, FaceMesh mesh)
    {
        if (_moves.Length == 0)
        {
            return points;
        }

        return [.. ShapeFit.Turned(_moves, mesh).Select((move, i) => points[i] + (move with { Z = 0 }))];
    }

    /// <summary>Moves of all points where some are given: eyes, outline and the other features are held, the skin between is drawn along.</summary>
    private static Vector2[] Field(IEnumerable<int> points, Func<Vector3, Vector2> move)
    {
        var moves = new Vector2[FaceLayout.PointCount];
        bool[] free = [.. Enumerable.Range(0, moves.Length).Select(i => MeshMoves.Neighbours[i].Length > 0 && !MeshMoves.EyesAndOutline[i])];
        foreach (int held in (IEnumerable<int>)[.. Lips, .. Brows, .. NosePlacement.Nose])
        {
            free[held] = false;
        }

        foreach (int point in points)
        {
            moves[point] = move(FaceLayout.Mean[point]);
        }

        MeshMoves.Relax(moves, free);
        return moves;
    }

    /// <summary>What tells two faces apart here, in the frame of the mean face (y down), eyes where the mean face has them.</summary>
    /// <param name="Mouth">Height of the lips' outer edge, its mean.</param>
    /// <param name="Lips">Mean thickness of both lips in the middle.</param>
    /// <param name="Brows">Height of the brows.</param>
    /// <param name="BrowsApart">Half the distance of their middles.</param>
    /// <param name="Opening">Height of the line between the lips.</param>
    /// <param name="HalfLips">Half the distance from the upper edge of the lips to the lower one.</param>
    private readonly record struct Measures(float Mouth, float Lips, float Brows, float BrowsApart, float Opening, float HalfLips)
    {
        // Middles of the lips: upper edge, opening above and below, lower edge; and of the brows' upper edges.
        private const int Upper = 0, OpeningAbove = 13, OpeningBelow = 14, Lower = 17, LeftBrow = 105, RightBrow = 334;

        public static Measures Of(IReadOnlyList<Vector3> face) => new(
            MeshTopology.OuterLips.Average(point => face[point].Y),
            (face[Lower].Y - face[OpeningBelow].Y + face[OpeningAbove].Y - face[Upper].Y) / 2,
            FeaturePlacement.Brows.Average(point => face[point].Y),
            (face[RightBrow].X - face[LeftBrow].X) / 2,
            (face[OpeningAbove].Y + face[OpeningBelow].Y) / 2,
            (face[Lower].Y - face[Upper].Y) / 2);
    }
}
