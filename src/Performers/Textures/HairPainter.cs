using System.Numerics;
using OpenCvSharp;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Textures;

/// <summary>Colours a style's grey map: strands differ, tips are lighter than roots, some hairs are grey.</summary>
internal static class HairPainter
{
    /// <summary>Linear light of the maps' mean grey (128 of 255).</summary>
    private const float MeanGrey = 0.216f;

    // Grey hairs against the map: how much of its contrast they lose, and the tone they tend to, of the mean grey.
    private const float GreyFlatness = 0.75f;
    private const float GreyTone = 0.85f;

    private static readonly Vector3 GreyHair = ColorSpace.ToLinear(new Vector3(0.56f, 0.55f, 0.54f));

    public static Texture Paint(HairMesh style, HairLook look, Random random)
    {
        using Mat map = Cv2.ImRead(style.Map, ImreadModes.Unchanged);
        if (map.Empty() || map.Channels() != 4)
        {
            throw AssetReader.Damaged($"'{style.Map}' is no picture with an alpha channel");
        }

        map.GetArray(out Vec4b[] pixels);
        int width = map.Width, height = map.Height;
        float[] strands = [.. Enumerable.Range(0, width).Select(_ => random.NextGaussian())];

        // Grey and coloured hairs mix finer than a column of the map: a column's share only wavers.
        float[] greyness = [.. Enumerable.Range(0, width).Select(_ => Math.Clamp(look.Grey * (1 + (0.12f * random.NextGaussian())), 0, 1))];
        Vector3 color = ColorSpace.ToLinear(look.Color) / MeanGrey;
        var rgba = new byte[4 * pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            int column = i % width;
            float down = i / width / (float)height;
            float grey = ColorSpace.Decode[pixels[i].Item0];

            // Light goes through grey hair and fills its gaps: with the contrast of dark hair it looks like tin foil.
            grey = float.Lerp(grey, MeanGrey * GreyTone, GreyFlatness * greyness[column]);
            Vector3 tone = color * (1 + (0.10f * strands[column])) * (1 + (look.TipLightness * 1.5f * down * down));
            tone = Vector3.Lerp(tone, GreyHair / MeanGrey, greyness[column]);

            Vector3 shown = grey * tone;
            rgba[4 * i] = Code(shown.X);
            rgba[(4 * i) + 1] = Code(shown.Y);
            rgba[(4 * i) + 2] = Code(shown.Z);
            rgba[(4 * i) + 3] = pixels[i].Item3;
        }

        return Texture.Of(rgba, width, height);
    }

    private static byte Code(float linear) => (byte)((ColorSpace.Encode(linear) * 255) + 0.5f);
}
