using System.Numerics;
using OpenCvSharp;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Textures;

/// <summary>Colour on the lips, where the skin itself is redder around the mouth, and the dark line where closed lips meet.</summary>
internal static class LipPainter
{
    public static void Paint(SkinCanvas canvas, LipLook? look)
    {
        int size = canvas.Size;
        float[] redness = Blurred(canvas.Colors, size);
        float[] region = Array.ConvertAll(canvas.Positions, at => MathF.Exp(-(MathF.Pow(at.X / 2.5f, 6) + MathF.Pow((at.Y + 3.4f) / 1.25f, 6))));
        float typical = Median([.. redness.Where((_, i) => region[i] > 0.5f)]);
        for (int i = 0; i < redness.Length; i++)
        {
            float lip = Math.Clamp((redness[i] - (typical * 0.8f)) / ((typical * 0.4f) + 1e-3f), 0, 1) * region[i];
            if (lip <= 0)
            {
                continue;
            }

            canvas.Gloss[i] += 0.25f * lip;
            if (look is not null)
            {
                Vector3 skin = canvas.Colors[i];
                float brightness = (skin.X + skin.Y + skin.Z) / 3;
                canvas.Cover(i, look.Color * (0.55f + (0.9f * brightness)), lip * look.Opacity);
            }
        }
    }

    private static float[] Blurred(Vector3[] colors, int size)
    {
        using Mat map = Mat.FromPixelData(size, size, MatType.CV_32FC1, Array.ConvertAll(colors, color => color.X - color.Y));
        Cv2.GaussianBlur(map, map, new Size(0, 0), 3.0 * size / 1024);
        map.GetArray(out float[] blurred);
        return blurred;
    }

    private static float Median(float[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[values.Length / 2];
    }
}
