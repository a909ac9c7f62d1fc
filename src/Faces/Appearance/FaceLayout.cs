using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// The mesh of a mean face laid out flat: where each point of a mesh has its place in a <see cref="FaceTexture"/>, and which points form triangles. Symmetric: mirrored points have
/// mirrored places, mirrored triangles exist. Irises are left out, they are not part of the skin.
/// </summary>
public static class FaceLayout
{
    /// <summary>Points with a place: the first 468 of a mesh.</summary>
    public const int PointCount = 468;

    private const string Resource = "VideoGaze.FaceLayout.txt";

    static FaceLayout()
    {
        List<Vector3> mean = [];
        List<Vector2> places = [];
        List<Triangle> triangles = [];
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            string[] parts = line.Split(' ');
            if (parts.Length == 5)
            {
                float[] numbers = Array.ConvertAll(parts, part => float.Parse(part, CultureInfo.InvariantCulture));
                mean.Add(new(numbers[0], numbers[1], numbers[2]));
                places.Add(new(numbers[3], numbers[4]));
            }
            else
            {
                int[] corners = Array.ConvertAll(parts, part => int.Parse(part, CultureInfo.InvariantCulture));
                triangles.Add(new(corners[0], corners[1], corners[2]));
            }
        }

        (Mean, Places, Triangles) = ([.. mean], [.. places], [.. triangles]);
    }

    /// <summary>The mean face, unit RMS radius: x to the image's right, y down, z away from the camera, as in a facing <see cref="Geometry.FaceMesh"/>.</summary>
    public static IReadOnlyList<Vector3> Mean { get; }

    /// <summary>Where each point lies in a texture of side 1.</summary>
    public static IReadOnlyList<Vector2> Places { get; }

    /// <summary>The triangles; corners clockwise on a screen in the texture, and in a picture where it is seen from outside.</summary>
    public static IReadOnlyList<Triangle> Triangles { get; }

    /// <summary>Three points of the mesh.</summary>
    /// <param name="A">The first.</param>
    /// <param name="B">The second, clockwise.</param>
    /// <param name="C">The third.</param>
    public readonly record struct Triangle(int A, int B, int C);
}
