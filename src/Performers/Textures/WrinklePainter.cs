using System.Numerics;
using OpenCvSharp;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Textures;

/// <summary>Wrinkles as dark grooves with a lighter lip: nasolabial folds, crow's feet, forehead, brow, lower lids. Painted up to an age of about 0.6 they hold.</summary>
internal static class WrinklePainter
{
    // What a groove swallows of red, green, blue, as exponents: light deep in a fold is reddish.
    private static readonly Vector3 Exponents = new(0.85f, 1.1f, 1.25f);

    // Points (|x|, y) on the neutral face in cm, width in cm, depth. Both sides are painted, each with its own jitter.
    private static readonly (Vector2[] Points, float Width, float Depth)[] Grooves =
    [
        ([new(1.55f, -0.55f), new(2.25f, -1.7f), new(2.95f, -3f), new(3.15f, -3.9f)], 0.13f, 0.50f),
        ([new(2.75f, -3.9f), new(3f, -4.9f), new(2.8f, -5.9f)], 0.12f, 0.30f),
        ([new(2f, 2.75f), new(2.8f, 2.15f), new(3.7f, 2.05f), new(4.5f, 2.5f)], 0.11f, 0.38f),
        ([new(2.1f, 2.35f), new(3f, 1.45f), new(4.2f, 1.55f)], 0.16f, 0.24f),
        ([new(4.75f, 3.5f), new(5.7f, 3.9f)], 0.08f, 0.34f),
        ([new(4.8f, 3.3f), new(5.9f, 3.3f)], 0.08f, 0.34f),
        ([new(4.7f, 3f), new(5.6f, 2.5f)], 0.07f, 0.36f),
        ([new(0.42f, 5.3f), new(0.5f, 6.6f)], 0.10f, 0.28f),
        ([new(0f, 7.15f), new(1.8f, 7.3f), new(3.6f, 7.05f), new(4.6f, 6.8f)], 0.12f, 0.26f),
        ([new(0f, 8f), new(1.9f, 8.15f), new(3.9f, 7.8f)], 0.12f, 0.27f),
        ([new(0f, 8.9f), new(1.8f, 9.05f), new(3.4f, 8.8f)], 0.12f, 0.22f),
        ([new(0f, 3.55f), new(0.9f, 3.7f)], 0.08f, 0.22f),
        ([new(3.6f, -1.2f), new(3.9f, -2.6f), new(3.8f, -4f)], 0.22f, 0.14f),
        ([new(0f, -5.35f), new(1.2f, -5.25f), new(1.9f, -5.5f)], 0.14f, 0.22f),
    ];

    public static void Paint(SkinCanvas canvas, float age, Random random)
    {
        if (age <= 0)
        {
            return;
        }

        var depth = new float[canvas.Colors.Length];
        Vector3 waver = 50 * new Vector3(random.NextSingle(), random.NextSingle(), random.NextSingle());
        foreach ((Vector2[] points, float width, float strength) in Grooves)
        {
            foreach (int side in (ReadOnlySpan<int>)[1, -1])
            {
                Engrave(canvas, depth, waver, Jittered(points, side, random), points[0].X != 0, width * 1.45f, strength * random.NextSingle(0.7f, 1.15f));
            }
        }

        using Mat map = Mat.FromPixelData(canvas.Size, canvas.Size, MatType.CV_32FC1, depth);
        Cv2.GaussianBlur(map, map, new Size(0, 0), 0.8 * canvas.Size / 1024);
        map.GetArray(out float[] smooth);
        for (int i = 0; i < smooth.Length; i++)
        {
            float factor = 1 + Math.Clamp(smooth[i] * age, -0.55f, 0.2f);
            canvas.Colors[i] *= new Vector3(MathF.Pow(factor, Exponents.X), MathF.Pow(factor, Exponents.Y), MathF.Pow(factor, Exponents.Z));
        }
    }

    private static Vector2[] Jittered(Vector2[] points, int side, Random random)
    {
        Vector2[] jittered = Array.ConvertAll(points, point => new Vector2(side * (point.X + (0.07f * random.NextGaussian())), point.Y + (0.07f * random.NextGaussian())));
        if (points[0].X == 0)
        {
            // Both halves of a wrinkle that crosses the middle must meet.
            jittered[0] = points[0];
        }

        return jittered;
    }

    private static void Engrave(SkinCanvas canvas, float[] depth, Vector3 waver, Vector2[] path, bool fadesIn, float width, float strength)
    {
        Vector2 margin = new(0.9f);
        Vector2 least = path.Aggregate(Vector2.Min) - margin, most = path.Aggregate(Vector2.Max) + margin;
        for (int i = 0; i < depth.Length; i++)
        {
            Vector3 at = canvas.Positions[i];
            if (at.Z < 3.5f || at.X < least.X || at.X > most.X || at.Y < least.Y || at.Y > most.Y)
            {
                continue;
            }

            // Wrinkles waver by a millimetre and break off in places: even lines look drawn.
            Vector3 place = at + waver;
            Vector2 wavering = new(SeededNoise.At(place * 1.7f) - 0.5f, SeededNoise.At((place * 1.7f) + new Vector3(31)) - 0.5f);
            (float distance, float above, float along) = Nearest(path, new Vector2(at.X, at.Y) + (0.22f * wavering));
            float broken = HeadMesh.SmoothStep(0.15f, 0.75f, SeededNoise.At(place * 1.1f));
            float fade = (0.35f + (0.75f * broken)) * Math.Clamp(Math.Min(fadesIn ? along / 0.18f : 1, (1 - along) / 0.25f), 0, 1) * strength;
            float groove = -Gauss(distance / width) - (0.35f * Gauss(distance / (3.2f * width)));
            float lip = 0.30f * Gauss((above - (2.2f * width)) / (1.3f * width)) * Gauss(distance / (4 * width));
            depth[i] += fade * (groove + lip);
        }
    }

    // Distance to the path, how far below it (y down), and the place along it in [0, 1].
    private static (float Distance, float Below, float Along) Nearest(Vector2[] path, Vector2 point)
    {
        (float Distance, float Below, float Along) best = (9, 0, 0);
        for (int k = 0; k + 1 < path.Length; k++)
        {
            Vector2 edge = path[k + 1] - path[k], from = point - path[k];
            float t = Math.Clamp(Vector2.Dot(from, edge) / edge.LengthSquared(), 0, 1);
            Vector2 offset = from - (t * edge);
            if (offset.Length() < best.Distance)
            {
                best = (offset.Length(), -offset.Y, (k + t) / (path.Length - 1));
            }
        }

        return best;
    }

    private static float Gauss(float x) => MathF.Exp(-x * x);
}
