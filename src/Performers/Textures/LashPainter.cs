using System.Numerics;
using OpenCvSharp;

namespace VideoGaze.Performers.Textures;

/// <summary>Lashes on the face model's strips: six strips an eye, the three lower first, each with its roots at the high end of v; right eye in the right half of u.</summary>
internal static class LashPainter
{
    private const int Size = 768;
    private const int UpperLashes = 52;
    private const int LowerLashes = 30;

    // v of each strip's tip and root; the first three belong to the lower lid. From the face model's layout.
    private static readonly (float Tip, float Root)[] Strips = [(0.012f, 0.155f), (0.18f, 0.32f), (0.346f, 0.486f), (0.516f, 0.656f), (0.682f, 0.822f), (0.848f, 0.988f)];

    public static Texture Paint(Random random)
    {
        using Mat strokes = Mat.Zeros(Size, Size, MatType.CV_8UC1);
        for (int strip = 0; strip < Strips.Length; strip++)
        {
            bool isUpper = strip >= 3;
            foreach (float half in (ReadOnlySpan<float>)[0, 0.5f])
            {
                DrawStrip(strokes, Strips[strip], half, isUpper, random);
            }
        }

        strokes.GetArray(out byte[] alpha);
        var rgba = new byte[4 * alpha.Length];
        for (int i = 0; i < alpha.Length; i++)
        {
            (rgba[4 * i], rgba[(4 * i) + 1], rgba[(4 * i) + 2], rgba[(4 * i) + 3]) = (12, 9, 8, alpha[i]);
        }

        return Texture.Of(rgba, Size, Size);
    }

    private static void DrawStrip(Mat strokes, (float Tip, float Root) strip, float half, bool isUpper, Random random)
    {
        int count = isUpper ? UpperLashes : LowerLashes;
        for (int i = 0; i < count; i++)
        {
            float u = 0.012f + (0.476f * (i + (0.7f * random.NextSingle())) / count);
            float length = random.NextSingle(0.55f, 0.95f) * (isUpper ? 1 : 0.8f);
            float lean = ((u - 0.25f) * 0.05f) + (0.004f * random.NextGaussian());
            Vector2 root = new(u + half, strip.Root), tip = root + new Vector2(lean, (strip.Tip - strip.Root) * length);

            // Thin toward the tip: the outer third is drawn fainter.
            Vector2 waist = Vector2.Lerp(root, tip, 0.66f);
            Cv2.Line(strokes, Fixed(root), Fixed(waist), Scalar.All(isUpper ? 255 : 150), 1, LineTypes.AntiAlias, 4);
            Cv2.Line(strokes, Fixed(waist), Fixed(tip), Scalar.All(isUpper ? 190 : 100), 1, LineTypes.AntiAlias, 4);
        }

        static Point Fixed(Vector2 uv) => new((int)MathF.Round(uv.X * Size * 16), (int)MathF.Round((1 - uv.Y) * Size * 16));
    }
}
