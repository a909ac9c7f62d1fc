using System.Numerics;
using OpenCvSharp;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Textures;

/// <summary>Stubble and short beards as single strokes, denser and longer with the beard's density, over a faint shadow.</summary>
internal static class BeardPainter
{
    private const int Strokes = 60_000;

    public static void Paint(SkinCanvas canvas, BeardLook look, Vector3 color, Random random)
    {
        if (look.Density <= 0)
        {
            return;
        }

        int size = canvas.Size;
        float[] growth = Array.ConvertAll(canvas.Positions, Growth);
        using Mat strokes = Draw(growth, size, look.Density, random);
        using Mat shadow = Mat.FromPixelData(size, size, MatType.CV_32FC1, growth);
        Cv2.GaussianBlur(shadow, shadow, new Size(0, 0), 6.0 * size / 1024);
        strokes.GetArray(out byte[] hairs);
        shadow.GetArray(out float[] shade);
        float opacity = Math.Min(1, 0.40f + (0.55f * look.Density)), shadowShare = 0.30f * Math.Min(look.Density, 1);
        for (int i = 0; i < hairs.Length; i++)
        {
            // Below the hairs the skin looks darker even where the beard is grey.
            float below = Math.Clamp(shade[i] * shadowShare, 0, 1) * opacity, cover = Math.Clamp(hairs[i] / 255f, 0, 1) * opacity;
            canvas.Cover(i, Vector3.Min(color * 0.75f, canvas.Colors[i] * 0.8f), below);
            canvas.Cover(i, color * 0.75f, cover);
            canvas.Gloss[i] *= 1 - (0.5f * cover);
        }
    }

    private static Mat Draw(float[] growth, int size, float density, Random random)
    {
        int[] fertile = [.. Enumerable.Range(0, growth.Length).Where(i => growth[i] > 0.15f)];
        float scale = size / 1024f;
        int count = (int)(Strokes * scale * scale * Math.Min(density, 1.3f));
        using Mat fine = Mat.Zeros(2 * size, 2 * size, MatType.CV_8UC1);
        for (int k = 0; k < count; k++)
        {
            int texel = fertile[random.Next(fertile.Length)];
            float keep = random.NextSingle(), length = (1.5f + (6 * density * random.NextSingle())) * scale;
            float x = 2 * ((texel % size) + random.NextSingle()), y = 2 * ((texel / size) + random.NextSingle()), lean = 0.35f * length * random.NextGaussian();
            if (keep < growth[texel] * (0.4f + (0.6f * density)))
            {
                Cv2.Line(fine, Fixed(x, y), Fixed(x + lean, y + length), Scalar.All(68 + (16 * random.Next(8))), 1, LineTypes.AntiAlias, 3);
            }
        }

        var strokes = new Mat();
        Cv2.Resize(fine, strokes, new Size(size, size), 0, 0, InterpolationFlags.Area);
        Cv2.GaussianBlur(strokes, strokes, new Size(0, 0), 0.5);
        return strokes;

        static Point Fixed(float x, float y) => new((int)MathF.Round(x * 8), (int)MathF.Round(y * 8));
    }

    // Where a beard grows, 0 to 1: below the cheek's line, above the throat, around but not on the lips; cm on the neutral head.
    private static float Growth(Vector3 at)
    {
        float x = MathF.Abs(at.X);
        float jaw = Sigmoid(-(at.Y + 2.6f - (0.42f * Math.Clamp(x - 2.6f, 0, 9))) * 2.2f);
        float throat = Sigmoid((at.Y + 9.5f) * 1.4f);
        float moustache = x < 3 ? MathF.Exp(-MathF.Pow((at.Y + 1.55f) / 0.75f, 2)) : 0;
        float lips = MathF.Exp(-(MathF.Pow(x / 2.75f, 4) + MathF.Pow((at.Y + 3.45f) / 1.05f, 4)));
        float front = Math.Clamp((at.Z + 0.5f) / 1.5f, 0, 1);
        return Math.Clamp(Math.Max(jaw * throat, moustache) * front * (1 - lips), 0, 1);
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
