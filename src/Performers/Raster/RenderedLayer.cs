using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Raster;

/// <summary>A performer rendered alone. Row-major, as large as the camera's picture. Owned by whoever asked for it.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Pixels">Linear light with the coverage multiplied in; W is the coverage, 0 to 1.</param>
/// <param name="Materials">Material at each pixel, or null's place: <see cref="Nothing"/>.</param>
/// <param name="Depths">Distance along z, cm; positive infinity where nothing is.</param>
public sealed record RenderedLayer(int Width, int Height, Vector4[] Pixels, byte[] Materials, float[] Depths)
{
    /// <summary>Marks a pixel where nothing was drawn; others hold a <see cref="HeadMaterial"/>.</summary>
    public const byte Nothing = 255;

    /// <summary>An empty layer.</summary>
    internal static RenderedLayer Empty(int width, int height)
    {
        var materials = new byte[width * height];
        Array.Fill(materials, Nothing);
        var depths = new float[width * height];
        Array.Fill(depths, float.PositiveInfinity);
        return new(width, height, new Vector4[width * height], materials, depths);
    }
}
