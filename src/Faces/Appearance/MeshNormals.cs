using System.Numerics;

namespace VideoGaze.Faces.Appearance;

/// <summary>Which way the skin looks at each point of a mesh.</summary>
internal static class MeshNormals
{
    /// <summary>
    /// Unit vectors, means of the triangles around each point by their area: x to the right, y down, z away from the camera. They point into the head, so the third number is the cosine between skin and line of sight;
    /// negative is hidden.
    /// </summary>
    /// <param name="points">At least the first <see cref="FaceLayout.PointCount"/> of a mesh.</param>
    public static Vector3[] Of(IReadOnlyList<Vector3> points)
    {
        var normals = new Vector3[FaceLayout.PointCount];
        foreach ((int a, int b, int c) in FaceLayout.Triangles)
        {
            Vector3 normal = Vector3.Cross(points[b] - points[a], points[c] - points[a]);
            normals[a] += normal;
            normals[b] += normal;
            normals[c] += normal;
        }

        return Array.ConvertAll(normals, normal => normal / Math.Max(normal.Length(), 1e-9f));
    }
}
