using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Gaze;

/// <summary>What is measured of one eye in a picture.</summary>
/// <param name="Inner">Corner at the nose, pixels.</param>
/// <param name="Outer">Corner at the temple, pixels.</param>
/// <param name="Iris">Centre of the iris, pixels.</param>
/// <param name="Openness">Lid distance over eye width (eye aspect ratio): about 0.3 open, below 0.1 shut.</param>
public readonly record struct EyePoints(Vector2 Inner, Vector2 Outer, Vector2 Iris, float Openness)
{
    /// <summary>Middle between the corners.</summary>
    public Vector2 Centre => (Inner + Outer) / 2;

    /// <summary>Distance between the corners, pixels.</summary>
    public float Width => Vector2.Distance(Inner, Outer);

    /// <summary>The same eye in another picture; the openness is a ratio and stays.</summary>
    public EyePoints Transformed(SimilarityTransform transform) =>
        new(transform.Apply(Inner), transform.Apply(Outer), transform.Apply(Iris), Openness);
}

/// <summary>Both eyes of a face; left and right are the person's.</summary>
/// <param name="Left">The person's left eye: right in the image of a facing person.</param>
/// <param name="Right">The person's right eye.</param>
public readonly record struct EyePair(EyePoints Left, EyePoints Right)
{
    // Indices into the MediaPipe mesh: corners, iris centre, and three pairs (upper, lower) of lid points across each eye.
    private static readonly int[] LeftLids = [386, 374, 385, 380, 387, 373];
    private static readonly int[] RightLids = [159, 145, 158, 153, 160, 144];

    /// <summary>Reads both eyes from a mesh.</summary>
    public static EyePair FromMesh(FaceMesh mesh) => new(
        Read(mesh, 362, 263, 473, LeftLids),
        Read(mesh, 133, 33, 468, RightLids));

    /// <summary>Mean openness of both eyes.</summary>
    public float Openness => (Left.Openness + Right.Openness) / 2;

    /// <summary>Direction from the person's right eye to the left, radians, clockwise on a screen: 0 for an upright face.</summary>
    public double Tilt
    {
        get
        {
            Vector2 across = Left.Centre - Right.Centre;
            return Math.Atan2(across.Y, across.X);
        }
    }

    /// <summary>The same eyes in another picture.</summary>
    public EyePair Transformed(SimilarityTransform transform) => new(Left.Transformed(transform), Right.Transformed(transform));

    private static EyePoints Read(FaceMesh mesh, int inner, int outer, int iris, int[] lids)
    {
        Vector2 innerCorner = mesh.At(inner);
        Vector2 outerCorner = mesh.At(outer);
        float gap = 0;
        for (int i = 0; i < lids.Length; i += 2)
        {
            gap += Vector2.Distance(mesh.At(lids[i]), mesh.At(lids[i + 1]));
        }

        float width = Vector2.Distance(innerCorner, outerCorner);
        return new(innerCorner, outerCorner, mesh.At(iris), width > 0 ? gap / (lids.Length / 2) / width : 0);
    }
}
