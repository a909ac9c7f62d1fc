using System.Numerics;
using System.Runtime.CompilerServices;

namespace VideoGaze.Performers.Textures;

/// <summary>
/// A picture laid on triangles: RGBA, 8 bit, sRGB, with a pyramid of halved copies so that one lookup sees about one texel. u wraps around, v runs up.
/// Immutable, owns its pixels.
/// </summary>
internal sealed class Texture
{
    private readonly Level[] levels;

    private Texture(Level[] levels) => this.levels = levels;

    /// <summary>Width of the finest level, texels.</summary>
    public int Width => levels[0].Width;

    /// <summary>Height of the finest level, texels.</summary>
    public int Height => levels[0].Height;

    /// <summary>Makes a texture; takes the pixels over.</summary>
    /// <param name="rgba">Rows from the top, 4 bytes a texel, alpha not multiplied in.</param>
    /// <param name="width">Texels.</param>
    /// <param name="height">Texels.</param>
    public static Texture Of(byte[] rgba, int width, int height)
    {
        List<Level> levels = [new(rgba, width, height)];
        while (levels[^1] is { Width: > 8, Height: > 8 } finest)
        {
            levels.Add(finest.Halved());
        }

        return new([.. levels]);
    }

    /// <summary>Colour in linear light, alpha in [0, 1]; linear between texels and between levels.</summary>
    /// <param name="uv">Wrapped.</param>
    /// <param name="lod">Logarithm to base 2 of how many texels of the finest level a pixel is wide.</param>
    public Vector4 Sample(Vector2 uv, float lod)
    {
        float u = uv.X - MathF.Floor(uv.X);
        float v = 1 - (uv.Y - MathF.Floor(uv.Y));
        lod = Math.Clamp(lod, 0, levels.Length - 1);
        int fine = (int)lod;
        float share = lod - fine;
        Vector4 color = levels[fine].Bilinear(u, v);
        return share < 0.02f ? color : Vector4.Lerp(color, levels[fine + 1].Bilinear(u, v), share);
    }

    private sealed class Level(byte[] rgba, int width, int height)
    {
        public int Width => width;

        public int Height => height;

        public Vector4 Bilinear(float u, float v)
        {
            float x = (u * width) - 0.5f;
            float y = (v * height) - 0.5f;
            int x0 = (int)MathF.Floor(x), y0 = (int)MathF.Floor(y);
            float fx = x - x0, fy = y - y0;
            int left = Math.Clamp(x0, 0, width - 1), right = Math.Clamp(x0 + 1, 0, width - 1);
            int top = Math.Clamp(y0, 0, height - 1) * width, bottom = Math.Clamp(y0 + 1, 0, height - 1) * width;
            Vector4 above = ((1 - fx) * At(top + left)) + (fx * At(top + right));
            Vector4 below = ((1 - fx) * At(bottom + left)) + (fx * At(bottom + right));
            return ((1 - fy) * above) + (fy * below);
        }

        /// <summary>Half the size. Colours are averaged in linear light and weighted with alpha: the black around a hair must not darken its edge.</summary>
        public Level Halved()
        {
            int halfWidth = width / 2, halfHeight = height / 2;
            var half = new byte[4 * halfWidth * halfHeight];
            for (int y = 0; y < halfHeight; y++)
            {
                for (int x = 0; x < halfWidth; x++)
                {
                    int corner = (2 * y * width) + (2 * x);
                    Vector4 sum = Vector4.Zero;
                    float alpha = 0;
                    foreach (int texel in (ReadOnlySpan<int>)[corner, corner + 1, corner + width, corner + width + 1])
                    {
                        Vector4 color = At(texel);
                        float weight = color.W + 1e-3f;
                        sum += new Vector4(weight * color.AsVector3(), weight);
                        alpha += color.W;
                    }

                    int at = 4 * ((y * halfWidth) + x);
                    half[at] = Code(ColorSpace.Encode(sum.X / sum.W));
                    half[at + 1] = Code(ColorSpace.Encode(sum.Y / sum.W));
                    half[at + 2] = Code(ColorSpace.Encode(sum.Z / sum.W));
                    half[at + 3] = Code(alpha / 4);
                }
            }

            return new(half, halfWidth, halfHeight);
        }

        private static byte Code(float value) => (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5f);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector4 At(int texel)
        {
            ReadOnlySpan<float> decode = ColorSpace.Decode;
            int at = 4 * texel;
            return new(decode[rgba[at]], decode[rgba[at + 1]], decode[rgba[at + 2]], rgba[at + 3] * (1 / 255f));
        }
    }
}
