using System.Numerics;

namespace VideoGaze.Faces.Geometry;

/// <summary>
/// The 68 landmarks of the iBUG 300-W scheme (Sagonas et al. 2013), in which rendered clips state where a face is: jaw 0-16, brows 17-26, nose 27-35,
/// image-left eye 36-41, image-right eye 42-47, lips 48-67. <see cref="MeshTopology.Ibug68"/> names the mesh points nearest to them.
/// </summary>
public static class IbugLandmarks
{
    /// <summary>Number of points.</summary>
    public const int Count = 68;

    /// <summary>The first of them lie along the jaw.</summary>
    public const int JawCount = 17;

    private const int ImageLeftEyeOuterCorner = 36;
    private const int ImageRightEyeOuterCorner = 45;

    /// <summary>Lid margin of the image-left eye (the person's right).</summary>
    public static Range ImageLeftEye => 36..42;

    /// <summary>Lid margin of the image-right eye (the person's left).</summary>
    public static Range ImageRightEye => 42..48;

    /// <summary>Distance of the outer eye corners, the unit of landmark errors in the 300-W challenge.</summary>
    public static float OuterEyeDistance(ReadOnlySpan<Vector2> points) => Vector2.Distance(points[ImageLeftEyeOuterCorner], points[ImageRightEyeOuterCorner]);

    /// <summary>The point that takes a point's place when the picture is mirrored.</summary>
    public static int Mirror(int index) => index switch
    {
        < 17 => 16 - index,
        < 27 => 43 - index,
        < 31 => index,
        < 36 => 66 - index,
        < 40 or (>= 42 and < 46) => 81 - index,
        < 48 => 87 - index,
        < 55 => 102 - index,
        < 60 => 114 - index,
        < 65 => 124 - index,
        _ => 132 - index,
    };

    /// <summary>The 68 points that come with a mesh, or else those of the mesh nearest to them.</summary>
    public static Vector2[] FromMesh(FaceMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        return mesh.Landmarks68 ?? MeshTopology.Select(mesh, MeshTopology.Ibug68);
    }
}
