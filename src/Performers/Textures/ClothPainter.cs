using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Textures;

/// <summary>The shirt on the bust, with a hem along the collar; gloss 0 marks cloth.</summary>
internal static class ClothPainter
{
    public static void Paint(SkinCanvas canvas, ClothesLook look, ClothPattern pattern)
    {
        for (int i = 0; i < canvas.Colors.Length; i++)
        {
            float height = Collar.HeightOver(look, canvas.Positions[i]);
            float cover = Math.Clamp((-height / 0.10f) + 0.5f, 0, 1);
            if (cover <= 0)
            {
                // The collar shades the skin just above it.
                canvas.Colors[i] *= 1 - (0.25f * MathF.Exp(-height / 0.25f));
                continue;
            }

            float hem = 0.35f * MathF.Exp(-MathF.Pow((height + 0.45f) / 0.06f, 2));
            canvas.Cover(i, pattern.At(canvas.Positions[i]) * (1 - hem), cover);
            canvas.Gloss[i] *= 1 - cover;
        }
    }
}
