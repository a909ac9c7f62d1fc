using System.Numerics;

namespace VideoGaze.Performers.Scenes;

/// <summary>A picture in linear light, red first, row-major, in the scene's units (1 is a white wall at exposure 1). Owned by whoever made it.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Pixels">Width x height.</param>
public sealed record LinearImage(int Width, int Height, Vector3[] Pixels)
{
    /// <summary>A picture of one colour.</summary>
    public static LinearImage Plain(int width, int height, Vector3 color)
    {
        var pixels = new Vector3[width * height];
        Array.Fill(pixels, color);
        return new(width, height, pixels);
    }
}
