using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Textures;

/// <summary>Mottling and pores, and where skin is oily: forehead, nose, lids and lips shine, cheeks and neck less.</summary>
internal static class PorePainter
{
    // Blood shows most in red, so patches vary most there.
    private static readonly Vector3 PatchTint = new(0.6f, 1.1f, 1.4f);

    public static void Paint(SkinCanvas canvas, Random random)
    {
        int size = canvas.Size;
        float[] patches = SeededNoise.Smooth(random, 24, size);
        float[] grain = SeededNoise.Smooth(random, size * 2 / 5, size);
        for (int i = 0; i < canvas.Colors.Length; i++)
        {
            canvas.Colors[i] *= Vector3.One + (0.02f * patches[i] * PatchTint) + new Vector3(0.022f * grain[i]);
            canvas.Gloss[i] = canvas.IsFace ? Oil(canvas.Positions[i]) + (0.10f * grain[i]) + (0.05f * patches[i]) : 0.55f;
        }
    }

    private static float Oil(Vector3 at)
    {
        float x = MathF.Abs(at.X);
        float nose = Bump(x / 1.6f, (at.Y - 1.2f) / 2.4f);
        float forehead = Bump(x / 4.5f, (at.Y - 7.2f) / 2.2f);
        float chin = Bump(x / 1.8f, (at.Y + 6.2f) / 1.3f);
        float cheekbone = Bump((x - 4.4f) / 1.8f, (at.Y - 1.6f) / 1.3f);
        float lips = Bump(x / 2.3f, (at.Y + 3.5f) / 0.9f);
        float neck = HeadMesh.SmoothStep(-7, -9, at.Y);
        return 0.62f + (0.28f * nose) + (0.14f * forehead) + (0.12f * chin) + (0.14f * cheekbone) + (0.3f * lips) - (0.2f * neck);

        static float Bump(float u, float v) => MathF.Exp(-(u * u) - (v * v));
    }
}
