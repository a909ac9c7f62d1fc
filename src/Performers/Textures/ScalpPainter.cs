using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Textures;

/// <summary>Hair colour on the scalp, so that gaps between the cards show hair and not skin.</summary>
internal static class ScalpPainter
{
    /// <summary>Below cards of hair.</summary>
    /// <param name="canvas">Face or back.</param>
    /// <param name="color">sRGB.</param>
    /// <param name="strength">0 to 1.</param>
    public static void Paint(SkinCanvas canvas, Vector3 color, float strength)
    {
        for (int i = 0; i < canvas.Colors.Length; i++)
        {
            float cover = strength * 0.85f * Growth(canvas, i, 1.6f);
            canvas.Cover(i, color * 0.8f, cover);
            canvas.Gloss[i] *= 1 - (0.6f * cover);
        }
    }

    /// <summary>Hair cropped to some millimetres, or what is left of it on a bald head.</summary>
    /// <param name="canvas">Face or back.</param>
    /// <param name="color">sRGB.</param>
    /// <param name="strength">0 shaved to 1 dense.</param>
    /// <param name="receding">0 a full hairline, 1 bald on top.</param>
    /// <param name="random">Grain.</param>
    public static void PaintCropped(SkinCanvas canvas, Vector3 color, float strength, float receding, Random random)
    {
        float[] grain = SeededNoise.Smooth(random, canvas.Size / 2, canvas.Size), patches = SeededNoise.Smooth(random, 14, canvas.Size);
        for (int i = 0; i < canvas.Colors.Length; i++)
        {
            Vector3 at = canvas.Positions[i];
            float top = HeadMesh.SmoothStep(8, 11, at.Y + (0.15f * at.Z)) * receding;
            float cover = strength * Growth(canvas, i, 3) * (1 - top) * (0.78f + (0.07f * patches[i]) + (0.16f * grain[i]));
            canvas.Cover(i, color * 0.8f, Math.Clamp(cover, 0, 1));
            canvas.Gloss[i] *= 1 - (0.8f * Math.Clamp(cover, 0, 1));
        }
    }

    // Where hair grows, 0 to 1. The hairline: 7.3 cm up at the temples, higher on the forehead, deep in the neck; cm on the neutral head.
    private static float Growth(SkinCanvas canvas, int texel, float sharpness)
    {
        Vector3 at = canvas.Positions[texel];
        float line = 7.3f + Math.Clamp((at.Z - 4) * 0.55f, -7.5f, 3.5f);
        return !canvas.IsFace && at.Y <= -5 ? 0 : 1 / (1 + MathF.Exp(-(at.Y - line) * sharpness));
    }
}
