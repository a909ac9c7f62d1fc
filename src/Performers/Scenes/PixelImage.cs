namespace VideoGaze.Performers.Scenes;

/// <summary>A finished picture: 8-bit sRGB, blue first (BGR24), rows without padding. Owned by whoever made it.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Bgr">3 x width x height bytes.</param>
public sealed record PixelImage(int Width, int Height, byte[] Bgr);
