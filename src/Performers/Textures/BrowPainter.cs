using System.Numerics;
using OpenCvSharp;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Textures;

/// <summary>Brows as single hairs along a curve through the brow landmarks.</summary>
internal static class BrowPainter
{
    private const int Hairs = 900;

    // The landmarks lie on the brow's upper edge: its middle is this much lower in v.
    private const float Drop = 0.75f * 0.016f;

    /// <summary>Paints both brows.</summary>
    /// <param name="canvas">The face.</param>
    /// <param name="landmarks">Texture coordinates of five points a brow, from the nose outward: right brow, left brow.</param>
    /// <param name="look">Shape.</param>
    /// <param name="color">sRGB.</param>
    /// <param name="random">Strokes.</param>
    public static void Paint(SkinCanvas canvas, (Vector2[] Right, Vector2[] Left) landmarks, BrowLook look, Vector3 color, Random random)
    {
        int size = canvas.Size;
        using Mat fine = Mat.Zeros(2 * size, 2 * size, MatType.CV_8UC1);
        DrawBrow(fine, new BrowCurve(landmarks.Right, look.Arch, -1), look, random);
        DrawBrow(fine, new BrowCurve(landmarks.Left, look.Arch, 1), look, random);
        using var hairs = new Mat();
        using var soft = new Mat();
        Cv2.Resize(fine, hairs, new Size(size, size), 0, 0, InterpolationFlags.Area);
        Cv2.GaussianBlur(hairs, soft, new Size(0, 0), 3.5 * size / 1024);
        Cv2.GaussianBlur(hairs, hairs, new Size(0, 0), 0.6);
        hairs.GetArray(out byte[] sharp);
        soft.GetArray(out byte[] shadow);
        for (int i = 0; i < sharp.Length; i++)
        {
            float cover = Math.Clamp(((sharp[i] * 1.05f) + (shadow[i] * 0.32f)) / 255, 0, 1) * look.Opacity;
            canvas.Cover(i, color, cover);
            canvas.Gloss[i] *= 1 - (0.9f * cover);
        }
    }

    private static void DrawBrow(Mat fine, BrowCurve curve, BrowLook look, Random random)
    {
        for (int k = 0; k < (int)(Hairs * look.Density); k++)
        {
            float along = MathF.Pow(random.NextSingle(), 0.85f);
            Vector2 root = curve.At(along);
            Vector2 direction = Vector2.Normalize(curve.At(Math.Min(along + 0.06f, 1.06f)) - root);
            float height = look.Thickness * 0.0098f * Interpolate(along, [0, 0.10f, 0.45f, 0.8f, 1], [0.62f, 1, 0.95f, 0.55f, 0.12f]);
            float offset = Math.Clamp(0.55f * random.NextGaussian(), -1.25f, 1.25f) * height;

            // Hairs near the nose stand up, those at the tail lie along the brow; lower hairs grow up, upper ones down.
            float rise = Interpolate(along, [0, 0.10f, 0.3f, 0.6f, 1], [1.5f, 0.9f, 0.45f, 0.15f, 0]) - (0.30f * offset / height);
            Vector2 growth = Vector2.Normalize(direction + new Vector2(0, rise));
            float length = (0.012f + (0.013f * random.NextSingle())) * Interpolate(along, [0, 0.2f, 1], [0.75f, 1, 0.75f]);
            Vector2 start = root + new Vector2(0, offset) - (direction * 0.004f * random.NextSingle());
            var points = new Point[4];
            for (int i = 0; i < 4; i++)
            {
                float s = i / 3f;
                Vector2 uv = start + (growth * length * s) + (direction * length * 0.45f * s * s);
                points[i] = new((int)MathF.Round(uv.X * fine.Width * 16), (int)MathF.Round((1 - uv.Y) * fine.Height * 16));
            }

            Cv2.Polylines(fine, [points[..3]], false, Scalar.All(110 + (130 * random.NextSingle())), 1, LineTypes.AntiAlias, 4);
            Cv2.Polylines(fine, [points[2..]], false, Scalar.All(70 + (80 * random.NextSingle())), 1, LineTypes.AntiAlias, 4);
        }
    }

    private static float Interpolate(float x, ReadOnlySpan<float> at, ReadOnlySpan<float> values)
    {
        int i = 0;
        while (i < at.Length - 2 && x > at[i + 1])
        {
            i++;
        }

        return float.Lerp(values[i], values[i + 1], Math.Clamp((x - at[i]) / (at[i + 1] - at[i]), 0, 1));
    }

    /// <summary>The cubic that fits five evenly spaced points best, by Gram's orthogonal polynomials.</summary>
    private sealed class BrowCurve
    {
        private readonly Vector2[] coefficients;

        public BrowCurve(Vector2[] landmarks, float arch, int outward)
        {
            Vector2[] points = [.. landmarks];
            ReadOnlySpan<float> lift = [0, 0.3f, 1, 0.7f, -0.3f];
            for (int i = 0; i < 5; i++)
            {
                points[i].Y += (arch * 0.01f * lift[i]) - Drop;
            }

            // The landmark nearest to the nose lies a little inside the brow's head.
            points[0].X -= outward * 0.010f;
            coefficients =
            [
                Sum([1, 1, 1, 1, 1]) / 5,
                Sum([-2, -1, 0, 1, 2]) / 10,
                Sum([2, -1, -2, -1, 2]) / 14,
                Sum([-1, 2, 0, -2, 1]) / 10,
            ];

            Vector2 Sum(ReadOnlySpan<float> weights)
            {
                Vector2 sum = Vector2.Zero;
                for (int i = 0; i < 5; i++)
                {
                    sum += weights[i] * points[i];
                }

                return sum;
            }
        }

        public Vector2 At(float along)
        {
            float x = (4 * along) - 2;
            return coefficients[0] + (x * coefficients[1]) + (((x * x) - 2) * coefficients[2]) + (((5 * x * x * x) - (17 * x)) / 6 * coefficients[3]);
        }
    }
}
