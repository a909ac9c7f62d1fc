using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data.Landmarks;

/// <summary>How the points of a sample are laid out as numbers, and how much each counts.</summary>
internal static class LandmarkTargets
{
    /// <summary>Numbers of the mesh: 478 x (x, y, z), in crop sides.</summary>
    public const int MeshNumbers = FaceMesh.PointCount * 3;

    /// <summary>Numbers of the 68 points: (x, y), in crop sides; behind the mesh's.</summary>
    public const int LandmarkNumbers = IbugLandmarks.Count * 2;

    /// <summary>Points of both, in the order of their numbers.</summary>
    public const int Points = FaceMesh.PointCount + IbugLandmarks.Count;

    /// <summary>What an error at each point costs: irises 4, lids 3, lips 1.5; the oval and the jaw, where teachers themselves are vague, half.</summary>
    public static float[] Weights { get; } = BuildWeights();

    /// <summary>Distance of the outer eye corners in space: it does not shrink when the head turns.</summary>
    public static float EyeDistance(FaceMesh mesh) =>
        Vector3.Distance(mesh.Points[MeshTopology.ImageLeftEyeOuterCorner], mesh.Points[MeshTopology.ImageRightEyeOuterCorner]);

    /// <summary>Writes mesh and 68 points as crop sides.</summary>
    /// <param name="mesh">In picture pixels.</param>
    /// <param name="landmarks">In picture pixels.</param>
    /// <param name="toCrop">Picture pixels to crop sides.</param>
    /// <param name="mirrored">Whether the crop is mirrored afterwards.</param>
    /// <param name="numbers">Goal, mesh first.</param>
    public static void Write(FaceMesh mesh, Vector2[] landmarks, SimilarityTransform toCrop, bool mirrored, Span<float> numbers)
    {
        float scale = (float)toCrop.Scale;
        for (int i = 0; i < FaceMesh.PointCount; i++)
        {
            Vector3 point = mesh.Points[mirrored ? MeshTopology.Mirror(i) : i];
            Vector2 place = toCrop.Apply(new(point.X, point.Y));
            numbers[3 * i] = mirrored ? 1 - place.X : place.X;
            numbers[(3 * i) + 1] = place.Y;
            numbers[(3 * i) + 2] = point.Z * scale;
        }

        for (int i = 0; i < IbugLandmarks.Count; i++)
        {
            Vector2 place = toCrop.Apply(landmarks[mirrored ? IbugLandmarks.Mirror(i) : i]);
            numbers[MeshNumbers + (2 * i)] = mirrored ? 1 - place.X : place.X;
            numbers[MeshNumbers + (2 * i) + 1] = place.Y;
        }
    }

    private static float[] BuildWeights()
    {
        float[] weights = new float[Points];
        Array.Fill(weights, 1);
        Set(MeshTopology.FaceOval, 0.5f);
        Set([.. MeshTopology.OuterLips, .. MeshTopology.InnerLips], 1.5f);
        Set([.. MeshTopology.ImageLeftEye, .. MeshTopology.ImageRightEye], 3);
        Set([.. MeshTopology.ImageLeftIris, .. MeshTopology.ImageRightIris], 4);
        for (int i = 0; i < IbugLandmarks.Count; i++)
        {
            weights[FaceMesh.PointCount + i] = i < 17 ? 0.5f : i is >= 36 and < 48 ? 3 : 1.5f;
        }

        return weights;

        void Set(IEnumerable<int> points, float weight)
        {
            foreach (int point in points)
            {
                weights[point] = weight;
            }
        }
    }
}
