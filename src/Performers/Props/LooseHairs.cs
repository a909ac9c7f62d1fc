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
    private const int EdgeHairs = 350;
    private const int Curls = 1500;
    private const int Segments = 3;

    // Thicker than a hair, and translucent instead: thinner ribbons fall between the samples of a pixel.
    private const float Width = 0.035f;

    // A lock of curly hair, and the radius of its turns.
    private const float CurlWidth = 0.075f;
    private const float CurlRadius = 0.22f;

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
        Vector3[] outermost = Outermost(style, vertices, random);
        (Vector3 Root, Vector3 Outward)[] edges = FreeEdges(style, vertices);
        bool isFrizzy = look.IsCurly;
        float length = look.Style is "long01" or "ponytail01" ? 3.2f : 1.3f;
        int count = isFrizzy ? Curls : (int)(MostHairs * look.Flyaway);
        for (int i = 0; i < count; i++)
        {
            Vector3 root = outermost[random.Next(outermost.Length)];
            Vector3 outward = Vector3.Normalize(root - Skull);

            // Long hair leaves downward, short hair mostly outward.
            Vector3 jitter = new(random.NextGaussian(), random.NextGaussian(), random.NextGaussian());
            Vector3 direction = Vector3.Normalize((outward * 0.9f) + (jitter * 0.45f) + new Vector3(0, length > 2 ? -0.9f : -0.15f, 0));
            if (isFrizzy)
            {
                Curl(root - (outward * 0.2f) + (jitter * 0.12f), direction, jitter, points, triangles);
                continue;
            }

            Grow(root - (outward * 0.15f) + (jitter * 0.1f), direction, length * random.NextSingle(0.4f, 1.1f), Width, points, triangles);
        }

        // Cards end in hard edges; short hairs across them soften hairline and tips.
        for (int i = 0; i < (int)(EdgeHairs * look.Flyaway) && edges.Length > 0; i++)
        {
            (Vector3 root, Vector3 outward) = edges[random.Next(edges.Length)];
            Vector3 jitter = new(random.NextGaussian(), random.NextGaussian(), random.NextGaussian());
            Grow(root - (outward * 0.3f) + (jitter * 0.15f), Vector3.Normalize(outward + (jitter * 0.35f)), random.NextSingle(0.5f, 1.3f), Width, points, triangles);
        }

        var materials = new HeadMaterial[triangles.Count];
        Array.Fill(materials, HeadMaterial.Strand);
        return new([.. points], [.. triangles], materials);
    }

    // The outermost point of the hair in each direction from the skull: most cards lie below others, and hairs on those would not be seen.
    private static Vector3[] Outermost(HairMesh style, ReadOnlySpan<Vector3> vertices, Random random)
    {
        const int Columns = 64, Rows = 32, Points = 20_000;
        double[] areas = SummedAreas(style, vertices);
        var farthest = new Vector3?[Columns * Rows];
        for (int i = 0; i < Points; i++)
        {
            Vector3 point = PointOn(style, vertices, areas, random), from = Vector3.Normalize(point - Skull);
            int column = Math.Min((int)(((MathF.Atan2(from.X, from.Z) / (2 * MathF.PI)) + 0.5f) * Columns), Columns - 1);
            int row = Math.Min((int)((from.Y + 1) / 2 * Rows), Rows - 1);
            ref Vector3? best = ref farthest[(row * Columns) + column];
            if (best is not Vector3 other || Vector3.DistanceSquared(point, Skull) > Vector3.DistanceSquared(other, Skull))
            {
                best = point;
            }
        }

        return [.. farthest.OfType<Vector3>()];
    }

    // Running sum of the triangles' areas: large ones get more hairs.
    private static double[] SummedAreas(HairMesh style, ReadOnlySpan<Vector3> vertices)
    {
        var sums = new double[style.Triangles.Length];
        double sum = 0;
        for (int t = 0; t < sums.Length; t++)
        {
            Triangle triangle = style.Triangles[t];
            Vector3 a = vertices[triangle.A];
            sums[t] = sum += Vector3.Cross(vertices[triangle.B] - a, vertices[triangle.C] - a).Length();
        }

        return sums;
    }

    private static Vector3 PointOn(HairMesh style, ReadOnlySpan<Vector3> vertices, double[] areas, Random random)
    {
        Triangle triangle = style.Triangles[ByArea(areas, random)];
        float b = random.NextSingle(), c = random.NextSingle() * (1 - b);
        return ((1 - b - c) * vertices[triangle.A]) + (b * vertices[triangle.B]) + (c * vertices[triangle.C]);
    }

    private static int ByArea(double[] sums, Random random)
    {
        int at = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
        return Math.Min(at < 0 ? ~at : at, sums.Length - 1);
    }

    // Middles of edges that only one triangle has, with the direction away from that triangle.
    private static (Vector3 Root, Vector3 Outward)[] FreeEdges(HairMesh style, ReadOnlySpan<Vector3> vertices)
    {
        Dictionary<(int, int), (int A, int B, int Opposite)> once = [];
        foreach (Triangle triangle in style.Triangles)
        {
            foreach ((int a, int b, int opposite) in (ReadOnlySpan<(int, int, int)>)[(triangle.A, triangle.B, triangle.C), (triangle.B, triangle.C, triangle.A), (triangle.C, triangle.A, triangle.B)])
            {
                (int, int) key = (Math.Min(a, b), Math.Max(a, b));
                if (!once.Remove(key))
                {
                    once.Add(key, (a, b, opposite));
                }
            }
        }

        List<(Vector3, Vector3)> edges = [];
        foreach ((int a, int b, int opposite) in once.Values.Order())
        {
            Vector3 middle = (vertices[a] + vertices[b]) / 2, along = Vector3.Normalize(vertices[b] - vertices[a] + new Vector3(1e-6f));
            Vector3 away = middle - vertices[opposite];
            away -= Vector3.Dot(away, along) * along;
            if (away.LengthSquared() > 1e-6f)
            {
                edges.Add((middle, Vector3.Normalize(away)));
            }
        }

        return [.. edges];
    }

    // One and a half turns about the direction in which it leaves.
    private static void Curl(Vector3 root, Vector3 direction, Vector3 phase, List<Vector3> points, List<Triangle> triangles)
    {
        const int Steps = 7;
        const float Rise = 0.55f, Turns = 1.5f;
        int first = points.Count;
        Vector3 side = Vector3.Normalize(Vector3.Cross(direction, Vector3.UnitZ) + new Vector3(1e-4f, 0, 0)), other = Vector3.Cross(direction, side);
        for (int i = 0; i <= Steps; i++)
        {
            float along = i / (float)Steps;
            (float sine, float cosine) = MathF.SinCos((2 * MathF.PI * Turns * along) + (6 * phase.X));
            Vector3 at = root + (direction * (Rise * along)) + (CurlRadius * ((cosine * side) + (sine * other)));
            Vector3 across = CurlWidth / 2 * ((cosine * side) + (sine * other));
            points.Add(at - across);
            points.Add(at + across);
        }

        for (int i = 0; i < Steps; i++)
        {
            int a = first + (2 * i);
            triangles.Add(new(a, a + 1, a + 2));
            triangles.Add(new(a + 1, a + 3, a + 2));
        }
    }

    private static void Grow(Vector3 root, Vector3 direction, float length, float width, List<Vector3> points, List<Triangle> triangles)
    {
        int first = points.Count;
        Vector3 at = root;

        // Broad side to the front, where the camera mostly is.
        Vector3 across = Vector3.Cross(direction, Vector3.UnitZ);
        across = width * (across.LengthSquared() > 0.01f ? Vector3.Normalize(across) : Vector3.UnitX);
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
