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

    /// <summary>
    /// A posed shape scaled and shifted so that its eyes' corners lie on the mesh's: eyes stay the target's, and what is measured from them is the person's. The fit of <see cref="Posed"/> holds noses onto noses, with which a longer one
    /// is no longer. Depths stay.
    /// </summary>
    public static Vector3[] ByEyes(Vector3[] posed, FaceMesh mesh)
    {
        ReadOnlySpan<int> corners = [MeshTopology.ImageLeftEyeOuterCorner, MeshTopology.ImageLeftEyeInnerCorner, MeshTopology.ImageRightEyeInnerCorner, MeshTopology.ImageRightEyeOuterCorner];
        Vector2 ownMean = Vector2.Zero, wantedMean = Vector2.Zero;
        foreach (int corner in corners)
        {
            (ownMean, wantedMean) = (ownMean + (Flat(posed[corner]) / corners.Length), wantedMean + (mesh.At(corner) / corners.Length));
        }

        float own = 1e-12f, wanted = 0;
        foreach (int corner in corners)
        {
            (own, wanted) = (own + Vector2.DistanceSquared(Flat(posed[corner]), ownMean), wanted + Vector2.DistanceSquared(mesh.At(corner), wantedMean));
        }

        float scale = MathF.Sqrt(wanted / own);
        return Array.ConvertAll(posed, point => new Vector3(((Flat(point) - ownMean) * scale) + wantedMean, point.Z));

        static Vector2 Flat(Vector3 point) => new(point.X, point.Y);
    }

    private static Vector3[] Carried(Vector3[] points, IReadOnlyList<Vector3> goal)
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

        float scale = MathF.Sqrt(wanted / own);
        var carried = new Vector3[FaceLayout.PointCount];
        for (int i = 0; i < carried.Length; i++)
        {
            carried[i] = (Vector3.Transform(points[i] - fromMean, turn) * scale) + toMean;
        }

        return carried;
    }
}
