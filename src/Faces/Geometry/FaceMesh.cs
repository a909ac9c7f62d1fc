using System.Numerics;

namespace VideoGaze.Faces.Geometry;

/// <summary>The 478 points of the MediaPipe face mesh with irises; <see cref="MeshTopology"/> names its index sets.</summary>
/// <param name="Points">478 points; x, y in pixels of the picture the mesh belongs to, z in the same unit, smaller is nearer to the camera. Owned by the mesh, not to be changed.</param>
/// <param name="Score">Probability that a face is there, in [0, 1].</param>
public sealed record FaceMesh(Vector3[] Points, float Score)
{
    /// <summary>Number of points of every mesh.</summary>
    public const int PointCount = 478;

    /// <summary>
    /// 68 points in iBUG order, where the network tells them apart from the mesh; null where it does not. Ours does: its mesh is taught by another network's, these points by exact
    /// truth (docs/training.md). They are not steadied in time. Owned by the mesh, not to be changed.
    /// </summary>
    public Vector2[]? Landmarks68 { get; init; }

    /// <summary>A mesh out of a network's answer.</summary>
    /// <param name="coordinates">478 x (x, y, z).</param>
    /// <param name="unit">Pixels that a coordinate of 1 stands for.</param>
    /// <param name="score">Probability that a face is there.</param>
    public static FaceMesh FromCoordinates(ReadOnlySpan<float> coordinates, float unit, float score)
    {
        var points = new Vector3[PointCount];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new Vector3(coordinates[3 * i], coordinates[(3 * i) + 1], coordinates[(3 * i) + 2]) * unit;
        }

        return new(points, score);
    }

    /// <summary>A point without its depth.</summary>
    public Vector2 At(int index) => new(Points[index].X, Points[index].Y);

    /// <summary>The mesh in another picture; depth is scaled with it.</summary>
    public FaceMesh Transformed(SimilarityTransform transform)
    {
        var moved = new Vector3[Points.Length];
        float scale = (float)transform.Scale;
        for (int i = 0; i < moved.Length; i++)
        {
            Vector2 place = transform.Apply(At(i));
            moved[i] = new(place.X, place.Y, Points[i].Z * scale);
        }

        return new(moved, Score) { Landmarks68 = Landmarks68 is null ? null : Array.ConvertAll(Landmarks68, transform.Apply) };
    }
}
