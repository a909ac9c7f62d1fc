using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>Turns, scales and shifts face shapes onto each other by the points that hardly move with the face (<see cref="HeadModel.Indices"/>).</summary>
internal static class ShapeFit
{
    /// <summary>A mesh laid onto the mean face.</summary>
    public static Vector3[] ToMean(FaceMesh mesh) => Carried(mesh.Points, FaceLayout.Mean);

    /// <summary>A shape in the frame of the mean face laid onto a mesh: the other person's face in this one's pose.</summary>
    public static Vector3[] Posed(Vector3[] shape, FaceMesh mesh) => Carried(shape, mesh.Points);

    /// <summary>Moves of points of the mean face as a mesh's pose shows them: turned with the head and in its pixels.</summary>
    public static Vector3[] Turned(Vector3[] moves, FaceMesh mesh)
    {
        Fit fit = FitOf(FaceLayout.Mean, mesh.Points);
        return Array.ConvertAll(moves, move => Vector3.Transform(move, fit.Turn) * fit.Scale);
    }

    /// <summary>The mean shape of some meshes in the frame of the mean face; the mean face where there are none.</summary>
    /// <param name="meshes">Each in any pose.</param>
    /// <param name="weight">How much each counts, above 0; all alike where it is null.</param>
    public static Vector3[] MeanOf(IEnumerable<FaceMesh> meshes, Func<FaceMesh, float>? weight = null)
    {
        var sum = new Vector3[FaceLayout.PointCount];
        float total = 0;
        foreach (FaceMesh mesh in meshes)
        {
            float share = weight?.Invoke(mesh) ?? 1;
            Vector3[] shape = ToMean(mesh);
            total += share;
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += share * shape[i];
            }
        }

        return total > 0 ? Array.ConvertAll(sum, point => point / total) : [.. FaceLayout.Mean];
    }

    /// <summary>
    /// A posed shape scaled and shifted so that its eyes' corners lie on the mesh's: eyes stay the target's, and what is measured from them is the person's. The fit of <see cref="Posed"/> holds noses onto noses, with which a longer one
    /// is no longer. Depths stay.
    /// </summary>
    public static Vector3[] ByEyes(Vector3[] posed, FaceMesh mesh) => ByEyes(posed, mesh.Points);

    /// <summary>The same onto the points of any face.</summary>
    public static Vector3[] ByEyes(Vector3[] posed, IReadOnlyList<Vector3> face)
    {
        ReadOnlySpan<int> corners = [MeshTopology.ImageLeftEyeOuterCorner, MeshTopology.ImageLeftEyeInnerCorner, MeshTopology.ImageRightEyeInnerCorner, MeshTopology.ImageRightEyeOuterCorner];
        Vector2 ownMean = Vector2.Zero, wantedMean = Vector2.Zero;
        foreach (int corner in corners)
        {
            (ownMean, wantedMean) = (ownMean + (Flat(posed[corner]) / corners.Length), wantedMean + (Flat(face[corner]) / corners.Length));
        }

        float own = 1e-12f, wanted = 0;
        foreach (int corner in corners)
        {
            (own, wanted) = (own + Vector2.DistanceSquared(Flat(posed[corner]), ownMean), wanted + Vector2.DistanceSquared(Flat(face[corner]), wantedMean));
        }

        float scale = MathF.Sqrt(wanted / own);
        return Array.ConvertAll(posed, point => new Vector3(((Flat(point) - ownMean) * scale) + wantedMean, point.Z));

        static Vector2 Flat(Vector3 point) => new(point.X, point.Y);
    }

    private static Vector3[] Carried(Vector3[] points, IReadOnlyList<Vector3> goal)
    {
        Fit fit = FitOf(points, goal);
        var carried = new Vector3[FaceLayout.PointCount];
        for (int i = 0; i < carried.Length; i++)
        {
            carried[i] = (Vector3.Transform(points[i] - fit.From, fit.Turn) * fit.Scale) + fit.To;
        }

        return carried;
    }

    private static Fit FitOf(IReadOnlyList<Vector3> points, IReadOnlyList<Vector3> goal)
    {
        IReadOnlyList<int> stable = HeadModel.Indices;
        Span<Vector3> from = stackalloc Vector3[stable.Count], to = stackalloc Vector3[stable.Count];
        Vector3 fromMean = Vector3.Zero, toMean = Vector3.Zero;
        for (int i = 0; i < stable.Count; i++)
        {
            (from[i], to[i]) = (points[stable[i]], goal[stable[i]]);
            (fromMean, toMean) = (fromMean + (from[i] / stable.Count), toMean + (to[i] / stable.Count));
        }

        Quaternion turn = RotationFit.Between(from, to);
        float own = 1e-12f, wanted = 0;
        for (int i = 0; i < stable.Count; i++)
        {
            (own, wanted) = (own + (from[i] - fromMean).LengthSquared(), wanted + (to[i] - toMean).LengthSquared());
        }

        return new(turn, MathF.Sqrt(wanted / own), fromMean, toMean);
    }

    /// <summary>How one shape is laid onto another: turned about its middle, scaled, and shifted.</summary>
    /// <param name="Turn">About the middle.</param>
    /// <param name="Scale">A factor.</param>
    /// <param name="From">The middle.</param>
    /// <param name="To">Where the middle goes.</param>
    private readonly record struct Fit(Quaternion Turn, float Scale, Vector3 From, Vector3 To);
}
