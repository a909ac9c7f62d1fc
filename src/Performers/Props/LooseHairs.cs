using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Props;

/// <summary>Single hairs that stand off the style, so that its outline is not that of a helmet. Head frame, cm.</summary>
internal static class LooseHairs
{
    private const int MostHairs = 420;
    private const int FrizzyHairs = 1600;
    private const int Segments = 5;

    // Thicker than a hair, and translucent instead: thinner ribbons fall between the samples of a pixel.
    private const float Width = 0.035f;

    private static readonly Vector3 Skull = new(0, 4.5f, 0);

    /// <summary>Grows loose hairs on a style.</summary>
    /// <param name="style">Triangles and texture.</param>
    /// <param name="vertices">The style's vertices on the head at rest.</param>
    /// <param name="look">How many.</param>
    /// <param name="random">Which and how.</param>
    public static AttachedMesh Build(HairMesh style, ReadOnlySpan<Vector3> vertices, HairLook look, Random random)
    {
        List<Vector3> points = [];
        List<Triangle> triangles = [];
        bool isFrizzy = look.Style == "afro01";
        float length = look.Style is "long01" or "ponytail01" ? 3.2f : isFrizzy ? 0.9f : 1.3f;
        int count = isFrizzy ? FrizzyHairs : (int)(MostHairs * look.Flyaway);
        for (int i = 0; i < count; i++)
        {
            int t = random.Next(style.Triangles.Length);
            Triangle triangle = style.Triangles[t];
            float b = random.NextSingle(), c = random.NextSingle() * (1 - b);
            Vector3 root = ((1 - b - c) * vertices[triangle.A]) + (b * vertices[triangle.B]) + (c * vertices[triangle.C]);
            Vector3 outward = Vector3.Normalize(root - Skull);

            // Long hair leaves downward, short hair mostly outward.
            Vector3 jitter = new(random.NextGaussian(), random.NextGaussian(), random.NextGaussian());
            Vector3 direction = Vector3.Normalize((outward * 0.9f) + (jitter * (isFrizzy ? 0.8f : 0.45f)) + new Vector3(0, length > 2 ? -0.9f : -0.15f, 0));
            Grow(root - (outward * 0.15f), direction, outward, length * random.NextSingle(0.4f, 1.1f), points, triangles);
        }

        var materials = new HeadMaterial[triangles.Count];
        Array.Fill(materials, HeadMaterial.Strand);
        return new([.. points], [.. triangles], materials);
    }

    private static void Grow(Vector3 root, Vector3 direction, Vector3 outward, float length, List<Vector3> points, List<Triangle> triangles)
    {
        int first = points.Count;
        Vector3 at = root;
        Vector3 across = Vector3.Normalize(Vector3.Cross(direction, outward) + outward) * Width;
        for (int i = 0; i <= Segments; i++)
        {
            float taper = 1 - (0.8f * i / Segments);
            points.Add(at - (across * taper / 2));
            points.Add(at + (across * taper / 2));

            // Gravity bends it down as it leaves.
            direction = Vector3.Normalize(direction + new Vector3(0, -0.18f, 0));
            at += direction * (length / Segments);
        }

        for (int i = 0; i < Segments; i++)
        {
            int a = first + (2 * i);
            triangles.Add(new(a, a + 1, a + 2));
            triangles.Add(new(a + 1, a + 3, a + 2));
        }
    }
}
