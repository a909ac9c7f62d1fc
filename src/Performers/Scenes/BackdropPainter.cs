using System.Numerics;
using OpenCvSharp;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Scenes;

/// <summary>Paints places from simple shapes. Colours are sRGB, red first, values above 1 are lights. All lengths are shares of width or height.</summary>
internal static class BackdropPainter
{
    /// <summary>Paints a place.</summary>
    /// <param name="canvas">32FC3, red first; filled.</param>
    /// <param name="kind">The place.</param>
    /// <param name="random">All details.</param>
    public static void Paint(Mat canvas, BackdropKind kind, Random random)
    {
        var brush = new Brush(canvas, random);
        switch (kind)
        {
            case BackdropKind.Studio:
                Studio(brush);
                break;
            case BackdropKind.Room:
                Room(brush);
                break;
            case BackdropKind.Office:
                Office(brush);
                break;
            case BackdropKind.Street:
                Street(brush);
                break;
            case BackdropKind.Garden:
                Garden(brush);
                break;
            case BackdropKind.Night:
                Night(brush);
                break;
            default:
                Abstract(brush);
                break;
        }

        brush.Grain(0.012f);
    }

    private static void Studio(Brush brush)
    {
        Vector3 color = brush.Muted(0.15f, 0.9f);
        float x = brush.Next(0.1f, 0.9f), y = brush.Next(0.1f, 0.7f), falloff = brush.Next(0.2f, 0.7f);
        brush.Shade((u, v) => color * (1.1f - (falloff * MathF.Sqrt(((u - x) * (u - x)) + ((v - y) * (v - y))))));
    }

    private static void Room(Brush brush)
    {
        Vector3 wall = brush.Muted(0.35f, 0.9f);
        float lit = brush.Next(-0.4f, 0.4f), floor = brush.Next(0.62f, 0.95f);
        Vector3 ground = brush.Muted(0.12f, 0.5f);
        brush.Shade((u, v) => (v > floor ? ground : wall) * (0.8f + (lit * (u - 0.5f)) - (0.15f * v)));
        if (brush.Chance(0.55f))
        {
            Window(brush);
        }

        if (brush.Chance(0.6f))
        {
            Shelf(brush);
        }

        for (int i = brush.Count(0, 4); i > 0; i--)
        {
            float x = brush.Next(0, 0.9f), y = brush.Next(0.05f, 0.35f), width = brush.Next(0.08f, 0.22f), height = brush.Next(0.1f, 0.3f);
            brush.Box(x, y, width, height, brush.Muted(0.05f, 0.9f));
            brush.Box(x + 0.012f, y + 0.016f, width - 0.024f, height - 0.032f, brush.Vivid(0.2f, 0.85f));
        }

        if (brush.Chance(0.5f))
        {
            float x = brush.Next(0, 1), y = brush.Next(0.2f, 0.6f);
            brush.Box(x - 0.008f, y, 0.016f, 0.5f, new(0.1f, 0.09f, 0.08f));
            brush.Disc(x, y, 0.07f, new(2.2f, 1.7f, 1.05f));
        }

        if (brush.Chance(0.5f))
        {
            Leaves(brush, brush.Next(0, 1), brush.Next(0.4f, 0.8f), 0.13f, 60);
        }

        if (brush.Chance(0.6f))
        {
            // A sofa or a table.
            brush.Box(brush.Next(-0.2f, 0.6f), brush.Next(0.6f, 0.8f), brush.Next(0.3f, 0.7f), 0.5f, brush.Vivid(0.1f, 0.6f));
        }
    }

    private static void Window(Brush brush)
    {
        float x = brush.Next(-0.1f, 0.8f), y = brush.Next(-0.05f, 0.15f), width = brush.Next(0.2f, 0.45f), height = brush.Next(0.35f, 0.6f);
        brush.Box(x - 0.015f, y - 0.02f, width + 0.03f, height + 0.04f, brush.Muted(0.5f, 0.95f));
        Vector3 sky = new Vector3(0.92f, 0.97f, 1.03f) * brush.Next(0.85f, 1.25f);
        brush.Box(x, y, width, height * 0.6f, sky);
        brush.Box(x, y + (height * 0.6f), width, height * 0.4f, brush.Vivid(0.35f, 0.7f));
        brush.Box(x + (width / 2) - 0.006f, y, 0.012f, height, brush.Muted(0.5f, 0.9f));
        if (brush.Chance(0.5f))
        {
            Vector3 curtain = brush.Muted(0.3f, 0.9f);
            for (int i = 0; i < 10; i++)
            {
                brush.Box(x + width + (0.014f * i), y - 0.03f, 0.014f, height + 0.3f, curtain * (0.85f + (0.15f * MathF.Sin(i * 1.9f))));
            }
        }
    }

    private static void Shelf(Brush brush)
    {
        float x = brush.Next(-0.1f, 0.7f), y = brush.Next(0, 0.3f), width = brush.Next(0.25f, 0.5f), row = brush.Next(0.14f, 0.22f);
        Vector3 wood = brush.Muted(0.1f, 0.5f) * new Vector3(1.1f, 1, 0.85f);
        for (int k = 0; k < 4; k++)
        {
            brush.Box(x, y + (k * row), width, row, wood * 0.55f);
            for (float at = x + 0.01f; at < x + width - 0.02f;)
            {
                float thick = brush.Next(0.01f, 0.035f), tall = row * brush.Next(0.55f, 0.88f);
                if (brush.Chance(0.85f))
                {
                    brush.Box(at, y + ((k + 1) * row) - tall, thick, tall, brush.Vivid(0.12f, 0.8f));
                }

                at += thick + 0.002f;
            }

            brush.Box(x, y + ((k + 1) * row), width, 0.014f, wood);
        }
    }

    private static void Office(Brush brush)
    {
        Vector3 wall = brush.Muted(0.5f, 0.9f);
        float ceiling = brush.Next(0.12f, 0.3f);
        brush.Shade((u, v) => v < ceiling ? wall * 1.05f : wall * (0.9f - (0.35f * v)));
        for (int i = brush.Count(2, 6); i > 0; i--)
        {
            brush.Box(brush.Next(-0.1f, 0.9f), brush.Next(0, ceiling), brush.Next(0.08f, 0.25f), brush.Next(0.012f, 0.03f), new(1.7f, 1.72f, 1.75f));
        }

        for (int i = brush.Count(2, 6); i > 0; i--)
        {
            float x = brush.Next(-0.1f, 0.9f), y = brush.Next(0.4f, 0.7f);
            brush.Box(x, y, brush.Next(0.1f, 0.35f), brush.Next(0.2f, 0.6f), brush.Muted(0.15f, 0.7f));
            if (brush.Chance(0.6f))
            {
                brush.Box(x + 0.02f, y - 0.1f, 0.13f, 0.12f, new(0.04f, 0.04f, 0.05f));
                brush.Box(x + 0.028f, y - 0.09f, 0.114f, 0.1f, brush.Vivid(0.5f, 1));
            }
        }

        if (brush.Chance(0.5f))
        {
            Window(brush);
        }
    }

    private static void Street(Brush brush)
    {
        Vector3 zenith = Vector3.Lerp(new(0.35f, 0.55f, 0.9f), new(0.8f, 0.82f, 0.85f), brush.Next(0, 1)), haze = new(0.93f, 0.94f, 0.95f);
        float horizon = brush.Next(0.5f, 0.8f);
        Vector3 ground = brush.Muted(0.25f, 0.55f);
        brush.Shade((u, v) => v > horizon ? ground * (1 - (0.3f * (v - horizon))) : Vector3.Lerp(zenith, haze, v / horizon) * 1.08f);
        for (float x = -0.1f; x < 1;)
        {
            float width = brush.Next(0.1f, 0.32f), top = brush.Next(0.02f, horizon - 0.12f);
            Vector3 facade = brush.Muted(0.2f, 0.8f) * new Vector3(1.05f, 1, 0.93f);
            brush.Box(x, top, width, horizon - top + 0.03f, facade);
            float high = brush.Next(0.05f, 0.12f), wide = brush.Next(0.03f, 0.07f), share = brush.Next(0.35f, 0.7f);
            Vector3 glass = brush.Chance(0.3f) ? new(0.95f, 0.85f, 0.6f) : new(0.22f, 0.27f, 0.33f);
            for (float wy = top + 0.03f; wy < horizon - 0.06f; wy += high)
            {
                for (float wx = x + 0.015f; wx < x + width - 0.025f; wx += wide)
                {
                    brush.Box(wx, wy, wide * share, high * share, glass * brush.Next(0.6f, 1.4f));
                }
            }

            x += width + (brush.Chance(0.3f) ? brush.Next(0.02f, 0.2f) : 0);
        }

        for (int i = brush.Count(0, 3); i > 0; i--)
        {
            Leaves(brush, brush.Next(0, 1), brush.Next(0.25f, 0.6f), brush.Next(0.1f, 0.22f), 120);
        }

        for (int i = brush.Count(0, 5); i > 0; i--)
        {
            brush.Box(brush.Next(-0.1f, 0.95f), horizon - brush.Next(0, 0.05f), brush.Next(0.08f, 0.2f), brush.Next(0.05f, 0.1f), brush.Vivid(0.1f, 0.8f));
        }
    }

    private static void Garden(Brush brush)
    {
        float sun = brush.Next(0.4f, 1.1f);
        Vector3 top = new Vector3(0.5f, 0.62f, 0.45f) * sun, bottom = new Vector3(0.25f, 0.36f, 0.15f) * sun;
        brush.Shade((u, v) => Vector3.Lerp(top, bottom, v));
        for (int i = 0; i < 9; i++)
        {
            Leaves(brush, brush.Next(0, 1), brush.Next(0, 1), brush.Next(0.15f, 0.3f), 90);
        }

        for (int i = brush.Count(0, 25); i > 0; i--)
        {
            brush.Disc(brush.Next(0, 1), brush.Next(0, 0.6f), brush.Next(0.003f, 0.012f), new Vector3(1.2f, 1.25f, 1.1f) * brush.Next(0.7f, 1.2f));
        }
    }

    private static void Night(Brush brush)
    {
        Vector3 dark = brush.Muted(0.03f, 0.16f);
        brush.Shade((u, v) => dark * (1.2f - (0.5f * v)));
        for (int i = brush.Count(3, 10); i > 0; i--)
        {
            brush.Box(brush.Next(-0.1f, 0.95f), brush.Next(0.1f, 0.8f), brush.Next(0.05f, 0.3f), brush.Next(0.1f, 0.8f), brush.Muted(0.03f, 0.2f));
        }

        for (int i = brush.Count(15, 70); i > 0; i--)
        {
            Vector3 lamp = brush.Chance(0.6f) ? new(1.9f, 1.4f, 0.7f) : brush.Vivid(0.7f, 1) * 1.7f;
            brush.Disc(brush.Next(0, 1), brush.Next(0.15f, 0.85f), brush.Next(0.004f, 0.012f), lamp);
        }
    }

    private static void Abstract(Brush brush)
    {
        Vector3 a = brush.Muted(0.1f, 0.9f), b = brush.Vivid(0.1f, 0.9f), c = brush.Muted(0.1f, 0.9f);
        brush.Shade((u, v) => Vector3.Lerp(Vector3.Lerp(a, b, u), c, v));
        for (int i = brush.Count(2, 12); i > 0; i--)
        {
            brush.Box(brush.Next(-0.25f, 1), brush.Next(-0.25f, 1), brush.Next(0.08f, 0.5f), brush.Next(0.1f, 0.6f), brush.Chance(0.6f) ? brush.Muted(0.08f, 0.95f) : brush.Vivid(0.08f, 0.9f));
        }
    }

    private static void Leaves(Brush brush, float x, float y, float spread, int count)
    {
        Vector3 green = new Vector3(0.27f, 0.36f, 0.18f) * brush.Next(0.4f, 1.25f);
        for (int i = 0; i < count; i++)
        {
            Vector3 leaf = green * brush.Next(0.5f, 1.45f) * new Vector3(brush.Next(0.85f, 1.25f), 1, brush.Next(0.7f, 1.25f));
            brush.Disc(x + (spread * 0.6f * brush.Gaussian()), y + (spread * 0.6f * brush.Gaussian()), brush.Next(0.006f, 0.025f), leaf);
        }
    }

    /// <summary>A canvas with the random numbers that paint on it.</summary>
    private sealed class Brush(Mat canvas, Random random)
    {
        // Walls are warm or cool, hardly ever green or violet.
        private readonly float hue = random.NextSingle() switch
        {
            < 0.6f => random.NextSingle(0.05f, 0.13f),
            < 0.9f => random.NextSingle(0.54f, 0.64f),
            _ => random.NextSingle(),
        };

        public float Next(float from, float to) => random.NextSingle(from, to);

        public float Gaussian() => random.NextGaussian();

        public int Count(int from, int to) => random.Next(from, to + 1);

        public bool Chance(float probability) => random.NextSingle() < probability;

        /// <summary>A colour of a wall: hardly saturated.</summary>
        public Vector3 Muted(float darkest, float brightest) => Hue(hue + (0.02f * random.NextGaussian()), 0.24f * MathF.Pow(random.NextSingle(), 1.3f), Next(darkest, brightest));

        /// <summary>A colour of a thing.</summary>
        public Vector3 Vivid(float darkest, float brightest) => Hue(random.NextSingle(), 0.7f * MathF.Pow(random.NextSingle(), 1.4f), Next(darkest, brightest));

        public void Box(float x, float y, float width, float height, Vector3 color)
        {
            var corner = new Point((int)(x * canvas.Width), (int)(y * canvas.Height));
            var size = new Size(Math.Max(1, (int)(width * canvas.Width)), Math.Max(1, (int)(height * canvas.Height)));
            Cv2.Rectangle(canvas, new Rect(corner, size), ToScalar(color), -1);
        }

        public void Disc(float x, float y, float radius, Vector3 color)
        {
            const int Shift = 4;
            var centre = new Point((int)(x * canvas.Width * 16), (int)(y * canvas.Height * 16));
            Cv2.Circle(canvas, centre, Math.Max(8, (int)(radius * canvas.Width * 16)), ToScalar(color), -1, LineTypes.Link8, Shift);
        }

        /// <summary>Fills the whole canvas.</summary>
        public void Shade(Func<float, float, Vector3> colorAt)
        {
            int width = canvas.Width, height = canvas.Height;
            var pixels = new Vec3f[width * height];
            for (int i = 0; i < pixels.Length; i++)
            {
                Vector3 color = colorAt((i % width) / (float)width, i / width / (float)height);
                pixels[i] = new(color.X, color.Y, color.Z);
            }

            canvas.SetArray(pixels);
        }

        /// <summary>Plaster, asphalt, cloth: nothing is of one colour.</summary>
        public void Grain(float depth)
        {
            float[] coarse = SeededNoise.Smooth(random, 40, canvas.Width);
            canvas.GetArray(out Vec3f[] pixels);
            for (int i = 0; i < pixels.Length; i++)
            {
                float factor = 1 + (depth * 0.7f * coarse[(i / canvas.Width % canvas.Width * canvas.Width) + (i % canvas.Width)]) + (depth * random.NextGaussian());
                pixels[i] = new(pixels[i].Item0 * factor, pixels[i].Item1 * factor, pixels[i].Item2 * factor);
            }

            canvas.SetArray(pixels);
        }

        private static Scalar ToScalar(Vector3 color) => new(color.X, color.Y, color.Z);

        // The hexagon of hues: each channel is a trapezoid over the circle.
        private static Vector3 Hue(float hue, float saturation, float value)
        {
            return new(Channel(5), Channel(3), Channel(1));

            float Channel(int n)
            {
                float k = (n + (6 * (hue - MathF.Floor(hue)))) % 6;
                return value * (1 - (saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1)));
            }
        }
    }
}
