using System.Numerics;

namespace VideoGaze.Performers.Textures;

/// <summary>A skin texture being painted: row-major, square, rows from the top of the texture.</summary>
/// <param name="size">Side, texels.</param>
/// <param name="positions">Where each texel lies on the neutral head, head frame, cm.</param>
/// <param name="isFace">Face or back of the head.</param>
internal sealed class SkinCanvas(int size, Vector3[] positions, bool isFace)
{
    /// <summary>Side, texels.</summary>
    public int Size => size;

    /// <summary>Whether this is the face's texture, not that of the back of the head.</summary>
    public bool IsFace => isFace;

    /// <summary>Where each texel lies on the neutral head, cm.</summary>
    public Vector3[] Positions => positions;

    /// <summary>sRGB, red first, in [0, 1].</summary>
    public Vector3[] Colors { get; } = new Vector3[size * size];

    /// <summary>Gloss: 1 wet or oily, about 0.7 dry skin, 0 cloth.</summary>
    public float[] Gloss { get; } = new float[size * size];

    /// <summary>Lays a colour over a texel.</summary>
    public void Cover(int texel, Vector3 color, float opacity) => Colors[texel] = Vector3.Lerp(Colors[texel], color, opacity);

    /// <summary>The finished texture.</summary>
    public Texture ToTexture()
    {
        var rgba = new byte[4 * size * size];
        for (int i = 0; i < Colors.Length; i++)
        {
            Vector3 color = Vector3.Clamp(Colors[i], Vector3.Zero, Vector3.One) * 255;
            rgba[4 * i] = (byte)(color.X + 0.5f);
            rgba[(4 * i) + 1] = (byte)(color.Y + 0.5f);
            rgba[(4 * i) + 2] = (byte)(color.Z + 0.5f);
            rgba[(4 * i) + 3] = (byte)((Math.Clamp(Gloss[i], 0, 1) * 255) + 0.5f);
        }

        return Texture.Of(rgba, size, size);
    }
}
