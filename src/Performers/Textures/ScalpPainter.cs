using System.Numerics;

namespace VideoGaze.Performers.Textures;

/// <summary>Hair colour on the scalp, so that gaps between the cards show hair and not skin.</summary>
internal static class ScalpPainter
{
    public static void Paint(SkinCanvas canvas, Vector3 color, float strength)
    {
        for (int i = 0; i < canvas.Colors.Length; i++)
        {
            Vector3 at = canvas.Positions[i];

            // The hairline: 7.3 cm up at the temples, higher on the forehead, deep in the neck; cm on the neutral head.
            float line = 7.3f + Math.Clamp((at.Z - 4) * 0.55f, -7.5f, 3.5f);
            float cover = strength * 0.85f / (1 + MathF.Exp(-(at.Y - line) * 1.6f));
            if (!canvas.IsFace && at.Y <= -5)
            {
                continue;
            }

            canvas.Cover(i, color * 0.8f, cover);
            canvas.Gloss[i] *= 1 - (0.6f * cover);
        }
    }
}
